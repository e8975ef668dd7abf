import { isObject, type Json, parseJson, ValueError } from "../../value/mod.ts";
import type { ExpectedSpec, InputSpec } from "./cases.ts";
import { clip, clipComplaint } from "./pragma_text.ts";
import { bad, good, type RawValue, refine, type ValueKind } from "./pragma_value_kind.ts";

/** JSON, directly or as text that is itself JSON. */
export const json: ValueKind<Json> = {
  form: "JSON",
  read(raw, key) {
    if (raw.form === "json") return good(raw.value);
    try {
      return good(parseJson(raw.text));
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      return bad(`${key} is not JSON: ${clipComplaint(error.message)}`, jsonOfPlainText(raw.text), "E_PRAGMA_JSON");
    }
  },
};

/** What `abc` was surely meant to be: a string, whose JSON has quotes of its own. */
function jsonOfPlainText(found: string): string | undefined {
  return /^[\p{L}_][\p{L}\p{N}_ .-]{0,40}$/u.test(found) ? `'"${found}"'` : undefined;
}

/** One JSON object. */
export const jsonObject: ValueKind<{ [key: string]: Json }> = refine("JSON object", json, (found, key) =>
  isObject(found) ? good(found) : bad(`${key} is a JSON object, found ${kindOf(found)}`),
);

/** The events of a run: JSON, where an array is a stream, or an unquoted `@FILE`. */
export const input: ValueKind<InputSpec> = {
  form: "JSON or @FILE",
  read(raw, key) {
    const path = fileOf(raw);
    if (path !== undefined) return good({ kind: "input_file", path });
    const reading = json.read(raw, key);
    if (!reading.ok) return reading;
    const { value } = reading;
    return good(Array.isArray(value) ? { kind: "stream", values: value } : { kind: "event", value });
  },
};

/** The events of a run, one JSON value a line of `@FILE`. */
export const events: ValueKind<InputSpec> = {
  form: "@FILE",
  read(raw, key) {
    const path = fileOf(raw);
    if (path !== undefined) return good({ kind: "events_file", path });
    if (raw.form === "json") return bad(`${key} is an unquoted @FILE, found JSON`);
    const named = raw.text !== "" && !/\s/.test(raw.text);
    const help = named ? `@${clip(raw.text.replace(/^@/, ""))}` : undefined;
    return bad(`${key} is an unquoted @FILE, found ${clip(raw.text)}`, help);
  },
};

/** JSON, or an unquoted `@FILE` that holds it. */
export const jsonOrFile: ValueKind<ExpectedSpec> = {
  form: "JSON or @FILE",
  read(raw, key) {
    const path = fileOf(raw);
    if (path !== undefined) return good({ kind: "file", path });
    const reading = json.read(raw, key);
    return reading.ok ? good({ kind: "json", value: reading.value }) : reading;
  },
};

/** How a message names a JSON value that is not what was asked for. */
export function kindOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function fileOf(raw: RawValue): string | undefined {
  return raw.form === "text" && !raw.quoted && raw.text.startsWith("@") ? raw.text.slice(1) : undefined;
}
