import { join } from "node:path";
import { type WorkerContext, WorkerFault, type WorkerFn } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { removeModules, sampleContext, sampleEvent, sampleModules } from "./sample_modules.ts";
import { TsWorkers, type TsWorkersOptions } from "./ts_workers.ts";

const made: TsWorkers[] = [];

/** Workers of a test; unless told otherwise as `plumb test` has them. */
export function workersOf(options: Partial<TsWorkersOptions> = {}): TsWorkers {
  const workers = new TsWorkers({ virtual: true, open: false, ...options });
  made.push(workers);
  return workers;
}

/** Ends the threads of all {@link workersOf}, and removes their modules. */
export function closeWorkers(): void {
  removeModules();
  for (const workers of made) workers.close();
}

export const closed = workersOf();
export const open = workersOf({ open: true });
/** As `plumb pipeline run` has them. */
export const real = workersOf({ virtual: false, open: true });

/** The worker `f` of a module with this text. */
export function workerOf(text: string, workers = closed, others: Readonly<Record<string, string>> = {}): WorkerFn {
  return workers.worker(join(sampleModules({ ...others, "w.ts": text }), "w.ts"), "f");
}

/** What the worker `f` of a module with this text makes of a payload. */
export function result(
  text: string,
  payload: Json = 1,
  workers = closed,
  context: WorkerContext = sampleContext(),
): ReturnType<WorkerFn> {
  return workerOf(text, workers)(sampleEvent(payload), context);
}

/** An equal of what a call that fails answers. */
export function fault(code: string, message: string): WorkerFault {
  return new WorkerFault(code, message);
}
