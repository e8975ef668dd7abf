import type { Json } from "../../value/mod.ts";
import { fail, wrongType } from "./worker_failure.ts";
import { ErrorValue, EventValue, isMap, ownMember, typeName, type Value } from "./worker_value.ts";

/** `x.name`: an absent key is nil, a member of nil is nil, one of anything but a map is an error (pipelines §4). */
export function memberOf(value: Value, name: string): Value {
  if (isMap(value)) return ownMember(value, name) ?? null;
  if (value === null) return null;
  // A part may be nil.
  const part = partOf(value, name);
  return part === undefined ? noMember(value, name) : part;
}

/** `x[index]`: a member by its name, or an element by its number from 0. */
export function elementOf(value: Value, index: Value): Value {
  if (value === null) return null;
  if (Array.isArray(value)) return value[checkIndex(value, index)] ?? null;
  if (typeof index !== "string") return wrongType(`${indexed(value)} takes a string in brackets`, index);
  return memberOf(value, index);
}

/** The index of an element of the list: E_WORKER_INDEX outside of 0…len-1. */
export function checkIndex(list: readonly Json[], index: Value): number {
  if (typeof index !== "number") return wrongType("a list takes a number in brackets", index);
  if (!Number.isInteger(index) || index < 0 || index >= list.length) {
    return fail("E_WORKER_INDEX", `index ${index} is outside of a list of ${list.length}`);
  }
  return index;
}

/**
 * The value that a path of names leads to, as `has` and `get` see it: undefined where a name is missing or what should
 * have members has none.
 */
export function lookUp(value: Value, names: readonly string[]): Value | undefined {
  let at: Value | undefined = value;
  for (const name of names) {
    if (at === undefined || at === null) return undefined;
    at = isMap(at) ? ownMember(at, name) : partOf(at, name);
  }
  return at;
}

/** The names of a dotted path; `""` is the value itself, as in merge plans (pipelines §9). */
export function splitPath(path: string): readonly string[] {
  return path === "" ? [] : path.split(".");
}

/** What events and errors have in place of members. */
function partOf(value: Value, name: string): Value | undefined {
  if (value instanceof EventValue) return eventPart(value, name);
  if (value instanceof ErrorValue) return errorPart(value, name);
  return undefined;
}

function eventPart(value: EventValue, name: string): Value | undefined {
  switch (name) {
    case "payload":
      return value.payload;
    case "id":
    case "time":
    case "attempt":
    case "trace":
      return value.event[name];
    default:
      return undefined;
  }
}

function errorPart(value: ErrorValue, name: string): Value | undefined {
  return name === "code" || name === "message" ? value[name] : undefined;
}

function noMember(value: Value, name: string): never {
  if (value instanceof EventValue) {
    return fail("E_WORKER_TYPE", `an event has no member ${name}: it has payload, id, time, attempt and trace`);
  }
  if (value instanceof ErrorValue) {
    return fail("E_WORKER_TYPE", `an error has no member ${name}: it has code and message`);
  }
  return wrongType(`.${name} takes a map`, value);
}

function indexed(value: Value): string {
  const name = typeName(value);
  return name === "event" || name === "error" ? `an ${name}` : `a ${name}`;
}
