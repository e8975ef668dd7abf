import type { Json } from "../../value/mod.ts";
import { type Builtin, fixed } from "./builtin.ts";
import { numberArg, textArg } from "./builtin_args.ts";
import { sortByCodePoint } from "./worker_code_points.ts";
import { fail } from "./worker_failure.ts";
import type { Run } from "./worker_run.ts";
import { storable } from "./worker_storable.ts";
import type { Value } from "./worker_value.ts";

/** `state.*`: the step's own store (pipelines §4, ami-tests §7). What a call that fails has done to it the caller undoes. */
export const STATE_BUILTINS: readonly Builtin[] = [
  fixed("state.get(k)", (run, key) => get(run, keyArg(run, "state.get", key))),
  fixed("state.set(k, v, ttl_ms)", (run, key, value, ttl) => set(run, keyArg(run, "state.set", key), value, ttl), {
    min: 2,
  }),
  fixed("state.has(k)", (run, key) => run.context.state.has(keyArg(run, "state.has", key))),
  fixed("state.delete(k)", (run, key) => run.context.state.delete(keyArg(run, "state.delete", key))),
  fixed("state.keys()", (run) => sortByCodePoint(run.context.state.keys())),
  fixed("state.count()", (run) => run.context.state.count()),
];

function get(run: Run, key: string): Json {
  const value = run.context.state.get(key) ?? null;
  charge(run, value);
  return value;
}

function set(run: Run, key: string, value: Value | undefined, ttl: Value | undefined): null {
  const json = storable(run, value ?? null);
  charge(run, json);
  run.context.state.put(key, json, ttl === undefined ? {} : { ttlMs: ttlOf(ttl) });
  return null;
}

function ttlOf(value: Value): number {
  const ttlMs = numberArg("the time to live of state.set", value);
  if (Number.isFinite(ttlMs) && ttlMs >= 0) return ttlMs;
  return fail("E_WORKER_ARG", `the time to live of state.set is from 0 ms, got ${ttlMs}`);
}

/** The store copies what comes in and what goes out. */
function charge(run: Run, value: Json): void {
  if (typeof value === "object" && value !== null) run.workOnEntries(run.weights.of(value).parts);
}

function keyArg(run: Run, name: string, value: Value): string {
  const key = textArg(name, value);
  run.scan(key.length);
  return key;
}
