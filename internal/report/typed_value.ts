import { cutAround, firstDifference } from "./cut.ts";
import { jsonText } from "./json_text.ts";
import { visibleLine } from "./visible.ts";

/** A value as JSON with its type, since `1` and `"1"` or `true` and `1` are easily misread: `true (bool)`. */
export function typedValue(value: unknown, limit: number): string {
  return shown(value, jsonText(value), 0, limit);
}

/** Two values that differ, each as `typedValue`; long ones are cut around the first place where their texts differ. */
export function typedPair(expected: unknown, actual: unknown, limit: number): [expected: string, actual: string] {
  const [a, b] = [jsonText(expected), jsonText(actual)];
  const at = firstDifference(a, b);
  return [shown(expected, a, at, limit), shown(actual, b, at, limit)];
}

function shown(value: unknown, json: string, at: number, limit: number): string {
  const text = visibleLine(cutAround(json, at, limit));
  return value === null ? text : `${text} (${typeName(value)})`;
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return "array";
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "number";
    default:
      return typeof value;
  }
}
