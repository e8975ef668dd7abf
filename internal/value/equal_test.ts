import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonArbitrary, reorderedTwins, strictArbitrary } from "./arbitraries.ts";
import { equal } from "./equal.ts";
import type { Value } from "./json.ts";
import { parseJson } from "./parse_json.ts";
import { toStrict } from "./to_strict.ts";
import { writeCanonical } from "./write_canonical.ts";

describe("equal", () => {
  test.each<[Value, Value]>([
    [1, 1.0],
    [-0, 0],
    [[], []],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [null, null],
  ])("%j equals %j", (a, b) => {
    expect([equal(a, b), equal(b, a)]).toEqual([true, true]);
  });

  test("a strict int is the same as a number and as a bigint", () => {
    expect([equal(3n, 3), equal(3, 3n), equal(3n, 4), equal(3n, "3")]).toEqual([true, true, false, false]);
    expect(equal(2n ** 63n - 1n, 2n ** 63n - 2n)).toBe(false);
  });

  test.each<[string, string]>([
    ["3", '"3"'],
    ["0", "false"],
    ["0", "null"],
    ['""', "null"],
    ["[]", "{}"],
    ["[]", "null"],
    ["{}", "null"],
    ["[1,2]", "[2,1]"],
    ["[1]", "[1,1]"],
    ['{"a":1}', '{"a":1,"b":1}'],
    ['{"a":null}', '{"b":null}'],
    ["{}", '{"constructor":1}'],
    ['{"__proto__":{}}', '{"a":{}}'],
    ['{"0":1}', "[1]"],
    ['"\\u00e9"', '"e\\u0301"'],
  ])("%s does not equal %s", (a, b) => {
    const [left, right] = [parseJson(a), parseJson(b)];
    expect([equal(left, right), equal(right, left)]).toEqual([false, false]);
  });

  test("is equality of canonical JSON", () => {
    fc.assert(
      fc.property(jsonArbitrary, jsonArbitrary, reorderedTwins(jsonArbitrary), (a, b, [value, twin]) => {
        expect(equal(a, b)).toBe(writeCanonical(a) === writeCanonical(b));
        expect(equal(value, twin)).toBe(true);
        expect(equal([value, a], [twin, b])).toBe(writeCanonical(a) === writeCanonical(b));
      }),
      { numRuns: 300 },
    );
  });

  test("a strict value equals its normal form, if its text was in NFC", () => {
    fc.assert(
      fc.property(strictArbitrary, strictArbitrary, (a, b) => {
        expect(equal(toStrict(a), toStrict(b))).toBe(writeCanonical(toStrict(a)) === writeCanonical(toStrict(b)));
        expect(equal(toStrict(a), toStrict(toStrict(a)))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
