import { expect, test } from "bun:test";
import fc from "fast-check";
import { canonical, type Json } from "../value/mod.ts";
import { type Identity, identity } from "./value_identity.ts";

/** As a `Map` compares keys. */
function same(a: Identity, b: Identity): boolean {
  return new Set([a, b]).size === 1;
}

test("two values have one identity exactly if they have one canonical JSON", () => {
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2, depthSize: "small" },
      fc.constantFrom<Json[]>(
        0,
        -0,
        1,
        "0",
        "1",
        "",
        "[1]",
        '"1"',
        '""1"',
        '{"a":1}',
        "true",
        true,
        false,
        null,
        "null",
      ),
      fc.array(tie("value"), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom("a", "b"), tie("value"), { maxKeys: 2 }),
    ),
  }));
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(same(identity(a), identity(b))).toBe(canonical(a) === canonical(b));
      expect(same(identity(a), identity(structuredClone(a)))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("strings that look like the text of a list, a map or a marked string are kept apart from those", () => {
  const values = [[1], "[1]", '"[1]', '""[1]', { a: 1 }, '{"a":1}', '"a"', "a"];
  expect(new Set(values.map(identity)).size).toBe(values.length);
});

test("missing and null are two", () => {
  expect(same(identity(undefined), identity(null))).toBe(false);
});

test("NaN equals itself, alone and within lists and maps, and nothing else", () => {
  const odd: Json[] = [Number.NaN, [Number.NaN], [null], ["NaN"], { b: [Number.NaN, 1], a: "x" }, "NaN", null];
  expect(new Set(odd.map(identity)).size).toBe(odd.length);
  expect(identity({ a: "x", b: [Number.NaN, 1] })).toBe(identity(odd[4]));
});
