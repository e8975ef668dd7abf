import { type Strict, setKey } from "../../value/mod.ts";
import type { LateFields, LateValue } from "./late_value.ts";

/** A captured variable that has no value, or none that can stand inside a text: E_SCN_VAR. */
export class CaptureError extends Error {
  readonly code = "E_SCN_VAR";
}

/**
 * The value with what steps captured put in (scenarios.md §7, Variables).
 *
 * @throws CaptureError
 */
export function fillIn(late: LateValue, captured: ReadonlyMap<string, Strict>): Strict {
  switch (late.kind) {
    case "value":
      return late.value;
    case "variable":
      return capturedValue(late.name, captured);
    case "text":
      // Two pieces, each in NFC, may touch in a way that is not.
      return late.parts
        .map((part) => (typeof part === "string" ? part : capturedText(part.variable, captured)))
        .join("")
        .normalize("NFC");
    case "array":
      return late.items.map((item) => fillIn(item, captured));
    case "object":
      return fillFields(late.entries, captured);
  }
}

/** The same of named values, such as the args of a step. */
export function fillFields(fields: LateFields, captured: ReadonlyMap<string, Strict>): { [name: string]: Strict } {
  const object: { [name: string]: Strict } = {};
  for (const [name, value] of fields) setKey(object, name, fillIn(value, captured));
  return object;
}

function capturedValue(name: string, captured: ReadonlyMap<string, Strict>): Strict {
  const value = captured.get(name);
  if (value === undefined) throw new CaptureError(`${name} has no value: the step that captures it did not get to it`);
  return value;
}

function capturedText(name: string, captured: ReadonlyMap<string, Strict>): string {
  const value = capturedValue(name, captured);
  if (typeof value !== "object") return String(value);
  throw new CaptureError(`only a string, an int or a bool can stand inside a longer text, and ${name} is none of them`);
}
