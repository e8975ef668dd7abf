import { type Json, setKey } from "../../value/mod.ts";
import { type Builtin, fixed, rest } from "./builtin.ts";
import { listArg, mapArg, textArg } from "./builtin_args.ts";
import { sortByCodePoint } from "./worker_code_points.ts";
import { copyList, share } from "./worker_copies.ts";
import { equalValues } from "./worker_equal.ts";
import { fail, wrongType } from "./worker_failure.ts";
import { MAX_SIZE } from "./worker_limits.ts";
import { lookUp } from "./worker_members.ts";
import type { Run } from "./worker_run.ts";
import { checkHolder, storable } from "./worker_storable.ts";
import { isMap, type JsonMap, type Value } from "./worker_value.ts";

export const LIST_BUILTINS: readonly Builtin[] = [
  fixed("len(x)", length),
  rest("append(l, x…)", (run, [list = null, ...items]) => append(run, listArg("append", list), items), {
    min: 1,
    keepsFrom: 1,
  }),
  fixed("keys(m)", (run, map) => sortedKeys(run, mapArg("keys", map))),
  rest("omit(m, k…)", (run, [map = null, ...names]) => omit(run, mapArg("omit", map), names), { min: 1 }),
  fixed("contains(l, x)", contains),
  fixed("has(x, path)", (run, value, path) => lookUp(value, run.path(textArg("has", path))) !== undefined),
  fixed("get(x, path, default)", get, { keepsFrom: 2 }),
];

/** Checks that a list has room for `count` more elements. */
export function checkRoom(list: readonly unknown[], count: number): void {
  if (list.length + count > MAX_SIZE) fail("E_WORKER_SIZE", `a list has more than ${MAX_SIZE} elements`);
}

/** The keys of a map by code point, in which order `range` goes over it too. */
export function sortedKeys(run: Run, map: JsonMap): string[] {
  const keys = Object.keys(map);
  run.workOnEntries(keys.length);
  return sortByCodePoint(keys);
}

function length(run: Run, value: Value): number {
  if (value === null) return 0;
  if (typeof value === "string") return run.codePoints.count(value);
  if (Array.isArray(value)) return value.length;
  if (!isMap(value)) return wrongType("len takes a string, a list, a map or nil", value);
  const entries = Object.keys(value).length;
  run.workOnEntries(entries);
  return entries;
}

function append(run: Run, list: Json[], items: readonly Value[]): Json[] {
  checkRoom(list, items.length);
  const longer = copyList(run, list);
  for (const item of items) longer.push(storable(run, item));
  checkHolder(run, longer);
  return longer;
}

function omit(run: Run, map: JsonMap, names: readonly Value[]): Value {
  const left = new Set(names.map((name) => textArg("omit", name)));
  const keys = Object.keys(map);
  run.workOnEntries(keys.length + names.length);
  const copy: JsonMap = {};
  for (const key of keys) {
    const member = map[key] ?? null;
    if (left.has(key)) continue;
    share(run, member);
    setKey(copy, key, member);
  }
  return copy;
}

function contains(run: Run, whole: Value, part: Value | undefined): boolean {
  if (typeof whole === "string") {
    run.scan(whole.length);
    return whole.includes(textArg("contains of a string", part));
  }
  if (!Array.isArray(whole)) return wrongType("contains takes a list or a string", whole);
  run.work(whole.length);
  const wanted = part ?? null;
  return whole.some((item) => equalValues(run, item, wanted));
}

function get(run: Run, value: Value, path: Value | undefined, orElse: Value | undefined): Value {
  const found = lookUp(value, run.path(textArg("get", path)));
  if (found === undefined) return orElse ?? null;
  share(run, found);
  return found;
}
