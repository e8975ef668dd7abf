import type { FuncDecl } from "../syntax/mod.ts";

/**
 * Why a function cannot be a worker (pipelines §4, E_WORKER_SIGNATURE); undefined if it can. A worker takes one parameter
 * (`Event<T>`, `any` or no type) and returns nothing, one value, or `(value, error)`. Functions that are only called by
 * others are free in both.
 */
export function workerSignatureFlaw({ name, params, results }: FuncDecl): string | undefined {
  const what = name === undefined ? "a worker" : `worker ${name.text}`;
  const [param, ...others] = params;
  if (param === undefined || others.length > 0) {
    return `${what} takes one parameter, the event, and here are ${params.length}`;
  }
  if (!isEventType(param.type?.text ?? "any")) {
    return `${what} takes an Event<T> or any, and here is ${param.type?.text}`;
  }
  if (results.length > 2)
    return `${what} returns nothing, a value, or a value and an error, and here are ${results.length}`;
  const second = results[1]?.text ?? "error";
  if (second !== "error") return `the second result of ${what} is an error, and here is ${second}`;
  return undefined;
}

function isEventType(type: string): boolean {
  return type === "any" || type === "Event" || type.startsWith("Event<");
}
