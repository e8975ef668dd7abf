// Modules that users write: scanned without being run, guarded against accidents (not against malice), and called synchronously in
// a thread of their own, which a watchdog ends when it hangs. What is called, what with and what comes back is for each kind of
// modules to say: workers of pipelines, handlers of concepts.
export type { UserFunction } from "./bound_exports.ts";
export type { CallerLine } from "./caller_line.ts";
export { redirectConsole } from "./console_lines.ts";
export { guardGlobal } from "./guard_globals.ts";
export { FROM_THREAD, type Letter } from "./letters.ts";
export type { ModuleKind } from "./module_kind.ts";
export { type ModuleExport, ModuleThread, WATCHDOG_MS } from "./module_thread.ts";
export { faultIn, faultOf, type Outcome } from "./outcome.ts";
export { redirectStreams } from "./process_streams.ts";
export { Refusal, refuse } from "./refusal.ts";
export { type ScanFault, scanModule } from "./scan_module.ts";
export { type Perform, serveModules } from "./serve_modules.ts";
export type { Answer, Print } from "./thread_caller.ts";
export type { ThreadStart } from "./thread_start.ts";
