import { builtinWorkerOfText } from "./builtin_worker_reader.ts";
import type { WorkerFn } from "./worker.ts";
import { WorkerCompiler } from "./worker_compiler.ts";
import type { FunctionScope } from "./worker_scope.ts";

/** Texts name nothing of a file. */
const NO_NAMES: FunctionScope = { functions: new Map(), enums: new Map(), imports: new Map() };

/**
 * The worker that a text names (pipelines §4, §14): "add_field:f", "drop_even", "none" or "". Undefined for others, which
 * are E_WORKER_UNDEFINED.
 */
export function workerFromText(text: string): WorkerFn | undefined {
  const worker = builtinWorkerOfText(text);
  return worker === undefined ? undefined : new WorkerCompiler().builtin(worker, NO_NAMES);
}
