import type { Json } from "../../value/mod.ts";
import { fail, wrongType } from "./worker_failure.ts";
import type { Run } from "./worker_run.ts";
import { type Container, ErrorValue, EventValue, type JsonMap, type Value } from "./worker_value.ts";

// Copy on write: who copies what, and what has two references then. See `Owned`.

/** A copy of a list that somebody else may go on writing into: what stands in it is in two lists from now on. */
export function copyList(run: Run, list: readonly Json[]): Json[] {
  run.work(list.length);
  if (!run.owned.isEmpty) shareAll(run, list);
  return list.slice();
}

/** There are two references to the value from now on. */
export function share(run: Run, value: Value): void {
  if (typeof value !== "object" || value === null || value instanceof ErrorValue) return;
  if (value instanceof EventValue) value.shared = true;
  else run.owned.share(value);
}

function shareAll(run: Run, values: readonly Json[]): void {
  for (const value of values) share(run, value);
}

/** The value itself if this call owns it, else a copy that it owns then. */
export function owned(run: Run, value: Value): Container {
  if (typeof value !== "object") return wrongType("only maps and lists have members to assign to", value);
  if (value instanceof ErrorValue) return fail("E_WORKER_TYPE", "the members of an error are read-only");
  if (value instanceof EventValue) throw new Error("an event stands inside another value");
  if (value !== null && run.owned.has(value)) return value;
  const copy = value === null ? {} : copyContainer(run, value);
  run.owned.add(copy);
  return copy;
}

/** A copy of a container that is not owned. Only where one was shared can it hold anything that is. */
function copyContainer(run: Run, container: Container): Container {
  if (!Array.isArray(container)) return copyMap(run, container);
  run.work(container.length);
  if (run.owned.hasShared) shareAll(run, container);
  return container.slice();
}

export function copyMap(run: Run, map: JsonMap): JsonMap {
  chargeEntries(run, map);
  if (run.owned.hasShared) shareAll(run, Object.values(map));
  return { ...map };
}

/** Another event value with the payload of the first. */
export function copyEvent(run: Run, event: EventValue): EventValue {
  share(run, event.payload);
  return new EventValue(event.event, event.payload);
}

/** Counts what a copy costs, and how large maps can be: see `countEntry`. */
function chargeEntries(run: Run, map: JsonMap): void {
  const entries = Object.keys(map).length;
  run.workOnEntries(entries);
  run.largestMap = Math.max(run.largestMap, entries);
}
