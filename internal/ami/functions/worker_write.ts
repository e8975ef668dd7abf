import { type Json, setKey } from "../../value/mod.ts";
import { copyEvent, copyMap, owned } from "./worker_copies.ts";
import { fail, wrongType } from "./worker_failure.ts";
import { MAX_SIZE } from "./worker_limits.ts";
import { checkIndex } from "./worker_members.ts";
import type { Run } from "./worker_run.ts";
import { checkHolder, jsonOf, noteKey, storable } from "./worker_storable.ts";
import { type Container, EventValue, type JsonMap, ownMember, type Value } from "./worker_value.ts";

// Assignment through a path: copy on write. Every container on the way is copied unless this call owns it already.

/** What can be written into: a container that this call owns, or an event that nothing else refers to. */
export type Holder = Container | EventValue;

/** What a variable holds, such that it may be written into. Nil becomes a map, as absent members do. */
export function openVariable(run: Run, frame: Value[], slot: number): Holder {
  const value = frame[slot] ?? null;
  if (value instanceof EventValue) {
    if (!value.shared) return value;
    const event = copyEvent(run, value);
    frame[slot] = event;
    return event;
  }
  const opened = owned(run, value);
  if (opened !== value) frame[slot] = opened;
  return opened;
}

/** The member `key` of an open container, such that it may be written into. An absent or nil one becomes a map. */
export function openMember(run: Run, holder: Holder, key: Value): Container {
  if (holder instanceof EventValue) {
    if (key !== "payload") return readOnly(key);
    const payload = owned(run, holder.payload);
    holder.payload = payload;
    return payload;
  }
  const value = Array.isArray(holder)
    ? (holder[checkIndex(holder, key)] ?? null)
    : (ownMember(holder, mapKey(key)) ?? null);
  // A new map in a map makes a value deeper.
  if (value === null) run.nested = true;
  const opened = owned(run, value);
  if (opened !== value) store(run, holder, key, opened);
  return opened;
}

/** Sets the member `key` of an open container. */
export function writeMember(run: Run, holder: Holder, key: Value, value: Value): void {
  if (holder instanceof EventValue) {
    if (key !== "payload") readOnly(key);
    // A payload is the whole value: putting it there makes none deeper.
    holder.payload = jsonOf(value);
  } else {
    store(run, holder, key, storable(run, value));
    checkHolder(run, holder);
  }
}

/** The payload of an event, if it is a map and the event may be written into; undefined otherwise. */
export function openPayload(run: Run, event: EventValue): JsonMap | undefined {
  const { payload } = event;
  if (event.shared || typeof payload !== "object" || payload === null || Array.isArray(payload)) return undefined;
  if (run.owned.has(payload)) return payload;
  const copy = copyMap(run, payload);
  run.owned.add(copy);
  event.payload = copy;
  return copy;
}

/** Sets an entry of an open map whose key is plain. */
export function writeEntry(run: Run, map: JsonMap, key: string, value: Value): void {
  const json = storable(run, value);
  countEntry(run, map, key);
  map[key] = json;
  if (run.large) checkHolder(run, map);
}

function store(run: Run, holder: Container, key: Value, value: Json): void {
  if (Array.isArray(holder)) holder[checkIndex(holder, key)] = value;
  else setEntry(run, holder, mapKey(key), value);
}

function setEntry(run: Run, map: JsonMap, key: string, value: Json): void {
  countEntry(run, map, key);
  noteKey(run, key);
  setKey(map, key, value);
}

/** No map of this call has more entries than the largest that was copied had, and one more for every assignment. */
function countEntry(run: Run, map: JsonMap, key: string): void {
  run.writes += 1;
  if (run.largestMap + run.writes > MAX_SIZE) checkEntries(run, map, key);
}

function checkEntries(run: Run, map: JsonMap, key: string): void {
  const entries = Object.keys(map).length;
  run.workOnEntries(entries);
  if (entries >= MAX_SIZE && ownMember(map, key) === undefined) {
    fail("E_WORKER_SIZE", `a map has more than ${MAX_SIZE} entries`);
  }
}

function mapKey(key: Value): string {
  return typeof key === "string" ? key : wrongType("a map takes a string in brackets", key);
}

function readOnly(key: Value): never {
  if (typeof key !== "string") return wrongType("an event takes a string in brackets", key);
  return fail("E_WORKER_TYPE", `ev.${key} cannot be assigned to: only the payload of an event can`);
}
