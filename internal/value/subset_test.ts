import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonArbitrary, reorderedTwins } from "./arbitraries.ts";
import { equal } from "./equal.ts";
import { isObject, type Json, type Value } from "./json.ts";
import { parseJson } from "./parse_json.ts";
import { subset } from "./subset.ts";

describe("subset", () => {
  test.each([
    ["{}", '{"a":1}'],
    ['{"a":{"b":1}}', '{"a":{"b":1,"c":2},"d":3}'],
    ['[{"a":1},{}]', '[{"a":1,"b":2},{"c":1}]'],
    ["1", "1.0"],
    ["null", "null"],
    ['{"__proto__":1}', '{"__proto__":1,"a":2}'],
  ])("%s matches %s", (expected, actual) => {
    expect(subset(parseJson(expected), parseJson(actual))).toBe(true);
  });

  test.each([
    ['{"a":1}', "{}"],
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":null}', "{}"],
    ["[1]", "[1,2]"],
    ["[1,2]", "[2,1]"],
    ["[]", "{}"],
    ["{}", "[]"],
    ["{}", "null"],
    ["0", "false"],
    ['{"constructor":{}}', "{}"],
    ['{"__proto__":{}}', "{}"],
  ])("%s does not match %s", (expected, actual) => {
    expect(subset(parseJson(expected), parseJson(actual))).toBe(false);
  });

  test("an exact int matches in either form", () => {
    expect(subset({ a: 3n }, { a: 3, b: 2n ** 60n })).toBe(true);
    expect(subset({ a: 2n ** 60n }, { a: 2n ** 60n + 1n })).toBe(false);
  });

  test("every value matches itself, in whatever order its keys stand", () => {
    fc.assert(
      fc.property(reorderedTwins(jsonArbitrary), ([value, twin]) => {
        expect(subset(value, twin)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test("goes on matching when members are added, and both ways only between equals", () => {
    fc.assert(
      fc.property(jsonArbitrary, jsonArbitrary, (a, b) => {
        expect(subset(a, grown(a, b))).toBe(true);
        expect(subset(a, b) && subset(b, a)).toBe(equal(a, b));
      }),
      { numRuns: 300 },
    );
  });
});

/** The value with a member more in each of its objects. */
function grown(value: Value, by: Json): Value {
  if (Array.isArray(value)) return value.map((item) => grown(item, by));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]): [string, Value] => [key, grown(member, by)]);
  // fromEntries defines members, also one called __proto__.
  return Object.fromEntries([["one more", by], ...members]);
}
