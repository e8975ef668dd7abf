import { type Json, setKey } from "../../value/mod.ts";
import { wrongType } from "./worker_failure.ts";
import { isMap, type JsonMap, ownMember } from "./worker_value.ts";

// What the built-in workers do to the fields of a payload, at a path of names. Payloads are immutable: the maps on the way
// are copied, and a payload that does not change is returned itself.

/** The payload with `value` at the path; absent and nil members on the way become maps. */
export function setField(payload: JsonMap, names: readonly string[], value: Json): JsonMap {
  const { copy, holder, last } = openPath(payload, names);
  setKey(holder, last, value);
  return copy;
}

/** The payload without what is at the path, if it is there. */
export function dropField(payload: JsonMap, names: readonly string[]): JsonMap {
  if (fieldAt(payload, names) === undefined) return payload;
  const { copy, holder, last } = openPath(payload, names);
  delete holder[last];
  return copy;
}

/** What is at a path of names through maps. */
export function fieldAt(payload: Json, names: readonly string[]): Json | undefined {
  let at: Json | undefined = payload;
  for (const name of names) {
    if (at === undefined || !isMap(at)) return undefined;
    at = ownMember(at, name);
  }
  return at;
}

/** A copy of the payload in which the maps on the way to the last name are copies too, and the innermost of them. */
function openPath(payload: JsonMap, names: readonly string[]) {
  const copy = { ...payload };
  let holder = copy;
  for (const name of names.slice(0, -1)) {
    const inner = openField(holder, name);
    setKey(holder, name, inner);
    holder = inner;
  }
  return { copy, holder, last: names.at(-1) ?? "" };
}

function openField(holder: JsonMap, name: string): JsonMap {
  const member = ownMember(holder, name) ?? null;
  if (member === null) return {};
  return isMap(member) ? { ...member } : wrongType(`.${name} must be a map to set its members`, member);
}
