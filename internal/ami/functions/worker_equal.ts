import { fail } from "./worker_failure.ts";
import { MAX_DEPTH } from "./worker_limits.ts";
import type { Run } from "./worker_run.ts";
import { ErrorValue, EventValue, isMap, type JsonMap, ownMember, type Value } from "./worker_value.ts";

/** `==` of the worker language: deep and typed (pipelines §4). What it has to look at counts as work. */
export function equalValues(run: Run, a: Value, b: Value): boolean {
  return equalAt(run, a, b, 0);
}

function equalAt(run: Run, a: Value, b: Value, depth: number): boolean {
  if (typeof a !== "object" || a === null) {
    if (typeof a === "string" && typeof b === "string" && a.length === b.length) run.scan(a.length);
    return a === b;
  }
  if (typeof b !== "object" || b === null) return false;
  if (a === b) return true;
  if (depth === MAX_DEPTH) fail("E_WORKER_SIZE", `== compares values nested more than ${MAX_DEPTH} levels deep`);
  if (a instanceof EventValue) return b instanceof EventValue && equalEvents(run, a, b, depth);
  if (a instanceof ErrorValue) return b instanceof ErrorValue && a.code === b.code && a.message === b.message;
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(run, a, b, depth);
  return isMap(b) && equalMaps(run, a, b, depth);
}

function equalEvents(run: Run, a: EventValue, b: EventValue, depth: number): boolean {
  // Only one event enters a call, so two event values differ in their payload at most.
  return a.event === b.event && equalAt(run, a.payload, b.payload, depth);
}

function equalLists(run: Run, a: Value[], b: Value[], depth: number): boolean {
  if (a.length !== b.length) return false;
  run.work(a.length);
  for (let at = 0; at < a.length; at++) {
    if (!equalAt(run, a[at] ?? null, b[at] ?? null, depth + 1)) return false;
  }
  return true;
}

function equalMaps(run: Run, a: JsonMap, b: JsonMap, depth: number): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  run.workOnEntries(keys.length);
  for (const key of keys) {
    const right = ownMember(b, key);
    if (right === undefined || !equalAt(run, a[key] ?? null, right, depth + 1)) return false;
  }
  return true;
}
