// Workers in TypeScript (pipelines §4): modules are read without being run, and checked for what they import; their exports are
// called synchronously in a thread of their own, which is guarded against accidents (clocks, chance, files), not against
// malice, and which a watchdog ends when it hangs.
export { WATCHDOG_MS } from "../user_modules/mod.ts";
export { TsWorkers, type TsWorkersOptions } from "./ts_workers.ts";
