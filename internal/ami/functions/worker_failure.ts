import { typeName, type Value } from "./worker_value.ts";

/** What can go wrong inside a worker (pipelines §4). */
export type WorkerCode =
  | "E_WORKER_TYPE"
  | "E_WORKER_INDEX"
  | "E_WORKER_ARITH"
  | "E_WORKER_ARG"
  | "E_WORKER_BUDGET"
  | "E_WORKER_DEPTH"
  | "E_WORKER_SIZE"
  | "E_WORKER_DISPOSITION";

/**
 * Ends the call of a worker. It is thrown through the closures of the call and never leaves it: the worker answers a
 * WorkerFault. No Error, because taking a stack would cost more than the call.
 */
export class Failure {
  readonly code: WorkerCode;
  readonly message: string;

  constructor(code: WorkerCode, message: string) {
    this.code = code;
    this.message = message;
  }
}

export function fail(code: WorkerCode, message: string): never {
  throw new Failure(code, message);
}

/** Throws E_WORKER_TYPE: `len takes a string, list, map or nil, got bool`. */
export function wrongType(expected: string, ...found: readonly Value[]): never {
  return fail("E_WORKER_TYPE", `${expected}, got ${found.map(typeName).join(" and ")}`);
}
