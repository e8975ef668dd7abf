import type { Json } from "../../value/mod.ts";
import { share } from "./worker_copies.ts";
import { wrongType } from "./worker_failure.ts";
import { LARGE } from "./worker_limits.ts";
import type { Run } from "./worker_run.ts";
import { type Container, isJson, type Value } from "./worker_value.ts";
import { isLarge } from "./worker_weights.ts";

/** Only longer strings are looked at when they are put somewhere: a value cannot become too large by shorter ones. */
const LONG_TEXT = 64;

/**
 * A value that is about to be put into a list, a map or a payload; events and errors cannot be (pipelines §4). Nobody
 * writes into it any more. Where it is large, `run.large` says so, and whoever took it up calls `checkHolder`.
 */
export function storable(run: Run, value: Value): Json {
  const json = jsonOf(value);
  if (typeof json === "object" ? json !== null : typeof json === "string" && json.length >= LONG_TEXT) nest(run, json);
  return json;
}

function nest(run: Run, value: Json): void {
  run.nested = true;
  // What a call returned may be owned still; in a container that is not owned nothing may be.
  share(run, value);
  if (isLarge(run.weights.of(value))) run.large = true;
}

/** Weighs a value that took up others, if one of them was large. */
export function checkHolder(run: Run, holder: Container): void {
  if (!run.large) return;
  run.large = false;
  run.work(run.weights.ofChanging(holder).parts);
}

/** A key that is put into a map. */
export function noteKey(run: Run, key: string): void {
  if (key.length < LONG_TEXT) return;
  run.nested = true;
  run.scan(key.length);
  if (key.length >= LARGE) run.large = true;
}

/** A value that can be a payload. */
export function jsonOf(value: Value): Json {
  return isJson(value) ? value : wrongType("lists, maps, payloads and state hold no events and no errors", value);
}

/** Whether a key is no matter of size and can be assigned to in any object. */
export function isPlainKey(key: string): boolean {
  return key !== "__proto__" && key.length < LONG_TEXT;
}
