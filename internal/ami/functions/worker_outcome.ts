import type { Json } from "../../value/mod.ts";
import { SILENCE, WorkerFault } from "./worker.ts";
import { Failure } from "./worker_failure.ts";
import type { Run } from "./worker_run.ts";
import { ErrorValue, EventValue, typeName, type Value } from "./worker_value.ts";

/** What a worker answers. */
export type Outcome = Json | typeof SILENCE | WorkerFault;

/** What becomes of the event, by what the worker returned (the first table of pipelines §4). */
export function outcomeOf(run: Run): Outcome {
  const { result, more } = run;
  const second = more[0] ?? null;
  if (second !== null) return outcomeOfError(result, second);
  if (result === null) return SILENCE;
  if (result instanceof EventValue) return leaving(run, result.payload);
  if (result instanceof ErrorValue) {
    return new WorkerFault("E_WORKER_TYPE", "an error is no payload: return nil and the error");
  }
  return leaving(run, result);
}

function outcomeOfError(value: Value, error: Value): WorkerFault {
  if (!(error instanceof ErrorValue)) {
    return new WorkerFault("E_WORKER_TYPE", `a worker's second value is an error or nil, got ${typeName(error)}`);
  }
  if (value === null) return new WorkerFault(error.code, error.message);
  return new WorkerFault("E_WORKER_DISPOSITION", `a worker returned a value and the error ${error.code}`);
}

/** A payload that leaves a worker; E_WORKER_SIZE if nothing could take it up. */
export function leaving(run: Run, payload: Json): Json {
  if (run.nested) run.weights.ofChanging(payload);
  return payload;
}

/** The fault that something thrown inside of a call is. Throws it again if it is none of the worker's. */
export function faultOf(run: Run, thrown: unknown): WorkerFault {
  if (thrown instanceof Failure) return new WorkerFault(thrown.code, thrown.message + placeOf(run));
  // The limits keep calls far from the end of the engine's stack; where its frames are larger than they were, it tells.
  if (thrown instanceof RangeError && thrown.message.includes("call stack")) {
    return new WorkerFault("E_WORKER_DEPTH", "functions call each other too deep");
  }
  throw thrown;
}

/** Where in the source the run was: ` (app.ami:3)`. */
function placeOf({ site }: Run): string {
  return site?.source === undefined ? "" : ` (${site.source.file}:${site.source.lines.position(site.start).line})`;
}
