import type { Json } from "../../value/mod.ts";
import { json, jsonObject, kindOf } from "./pragma_json_values.ts";
import { clip } from "./pragma_text.ts";
import { bad, good, type RawValue, type Reading, type ValueKind } from "./pragma_value_kind.ts";
import { text } from "./pragma_values.ts";

type Put = readonly [key: string, value: Json];

/** `k=v;k=v` with text values, or a JSON object with any values (ami-tests §7). */
export const puts: ValueKind<readonly Put[]> = {
  form: "k=v;k=v or JSON object",
  read(raw, key) {
    if (beginsWith(raw, "{")) {
      const reading = jsonObject.read(raw, key);
      return reading.ok ? good(Object.entries(reading.value)) : reading;
    }
    const reading = text.read(raw, key);
    return reading.ok ? assignments(reading.value, key) : reading;
  },
};

/** `k,k` or a JSON array of strings. */
export const gets: ValueKind<readonly string[]> = {
  form: "k,k or JSON array of strings",
  read(raw, key) {
    if (beginsWith(raw, "[")) {
      const reading = json.read(raw, key);
      return reading.ok ? strings(reading.value, key) : reading;
    }
    const reading = text.read(raw, key);
    return reading.ok ? good(parts(reading.value, ",")) : reading;
  },
};

function strings(found: Json, key: string): Reading<readonly string[]> {
  if (!Array.isArray(found)) return bad(`${key} is k,k or a JSON array of strings, found ${kindOf(found)}`);
  const keys: string[] = [];
  for (const item of found) {
    if (typeof item !== "string") return bad(`${key} is a JSON array of strings, found ${kindOf(item)} in it`);
    keys.push(item);
  }
  return good(keys);
}

/** Cut at the first `=`, trimmed, empty parts skipped. A part without a key is surely a slip. */
function assignments(found: string, key: string): Reading<readonly Put[]> {
  const pairs: Put[] = [];
  for (const part of parts(found, ";")) {
    const cut = part.indexOf("=");
    const name = part.slice(0, Math.max(cut, 0)).trim();
    if (name === "") return bad(`${key} is k=v;k=v or a JSON object, found ${clip(part)}`);
    pairs.push([name, part.slice(cut + 1).trim()]);
  }
  return good(pairs);
}

function parts(found: string, separator: string): string[] {
  return found
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** JSON stands here, directly or quoted: a key of a store that begins with a bracket can still be written in JSON. */
function beginsWith(raw: RawValue, bracket: "{" | "["): boolean {
  return raw.form === "json" || raw.text.trimStart().startsWith(bracket);
}
