// Functions of .ami files: the checks of their bodies, and the compiler that makes closures of them; the built-in
// functions and workers; what a worker is to the executor.
export { builtinWorkerHelp } from "./builtin_worker_help.ts";
export { builtinWorkerNames, readBuiltinWorker } from "./builtin_worker_reader.ts";
export type { BuiltinWorker } from "./builtin_workers.ts";
export { checkFunctions } from "./check_func.ts";
export { SILENCE, type WorkerContext, type WorkerEvent, WorkerFault, type WorkerFn } from "./worker.ts";
export { WorkerCompiler } from "./worker_compiler.ts";
export { isModuleFault, type ModuleFault, type WorkerModules } from "./worker_modules.ts";
export { type BoundModule, type WorkerMeaning, WorkerNames } from "./worker_names.ts";
export type { FunctionScope, ScopedFunction } from "./worker_scope.ts";
export { workerSignatureFlaw } from "./worker_signature.ts";
export { workerFromText } from "./worker_texts.ts";
