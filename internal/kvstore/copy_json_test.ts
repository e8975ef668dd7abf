import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Json } from "../value/mod.ts";
import { copyJson } from "./copy_json.ts";

/** Every object and array inside a value. */
function containers(value: Json): object[] {
  if (value === null || typeof value !== "object") return [];
  return [value, ...Object.values(value).flatMap(containers)];
}

test("a copy is equal and shares no object and no array", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (any) => {
      const value = JSON.parse(JSON.stringify(any)) as Json;
      const copy = copyJson(value);
      expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
      const originals = new Set(containers(value));
      expect(containers(copy).some((one) => originals.has(one))).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test("a key __proto__ stays a key, at every depth", () => {
  const text = '{"__proto__":{"__proto__":[1]},"a":1}';
  const copy = copyJson(JSON.parse(text) as Json);
  expect(JSON.stringify(copy)).toBe(text);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});
