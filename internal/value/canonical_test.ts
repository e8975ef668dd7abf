import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonArbitrary, reorderedTwins, strictArbitrary } from "./arbitraries.ts";
import { canonical, canonicalStrict } from "./canonical.ts";
import { parseJson } from "./parse_json.ts";
import { toStrict } from "./to_strict.ts";
import { valueErrorOf } from "./value_error_of.ts";
import { writeCanonical } from "./write_canonical.ts";

// The rows of vectors/canonical.json are run by vectors_test.ts.

describe("canonical", () => {
  test("sorts keys by UTF-16 code unit at every depth, those that look like indexes too", () => {
    const text = '{"b":[{"z":1,"a":2}],"10":1,"2":{"10":1,"9":2},"__proto__":{"y":1,"x":2},"":0}';
    expect(canonical(parseJson(text))).toBe(
      '{"":0,"10":1,"2":{"10":1,"9":2},"__proto__":{"x":2,"y":1},"b":[{"a":2,"z":1}]}',
    );
  });

  test("sorts long objects as well as short ones", () => {
    const keys = Array.from({ length: 300 }, (_, index) => `k${(index * 7) % 300}`);
    const text = canonical(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(text).toBe(
      `{${[...keys]
        .sort()
        .map((key) => `"${key}":0`)
        .join(",")}}`,
    );
  });

  test("escapes what must be escaped and nothing else, also text that looks like an escaped surrogate", () => {
    expect(canonical(['\u0000\u001f\b\t\n\f\r"\\/<>\u007f\u2028\u{1f600}', "\\ud800"])).toBe(
      '["\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/<>\u007f\u2028\u{1f600}","\\\\ud800"]',
    );
  });

  test("refuses what is not JSON, although its type says so", () => {
    expect(valueErrorOf(() => canonical({ a: [Number.NaN] }))).toMatchObject({
      code: "E_VALUE_NUMBER",
      path: "$.a[0]",
    });
    expect(valueErrorOf(() => canonical({ a: "\ud800" }))).toMatchObject({ code: "E_VALUE_SURROGATE", path: "$.a" });
    expect(valueErrorOf(() => canonical({ b: 1, a: "\ud800" }))).toMatchObject({ path: "$.a" });
    expect(valueErrorOf(() => canonical({ "\udfff": 1 }))).toMatchObject({ code: "E_VALUE_SURROGATE", path: "$" });
    expect(valueErrorOf(() => canonical(Object(new Date(0))))).toMatchObject({ code: "E_VALUE_TYPE", path: "$" });
    expect(valueErrorOf(() => canonical(Object([undefined])))).toMatchObject({ code: "E_VALUE_TYPE", path: "$[0]" });
    const circle: Record<string, never> = {};
    Object.assign(circle, { circle });
    expect(valueErrorOf(() => canonical(circle)).code).toBe("E_VALUE_DEPTH");
  });

  test("does not change the value", () => {
    const value = { b: 1, a: [{ d: 1, c: 2 }] };
    canonical(value);
    expect(JSON.stringify(value)).toBe('{"b":1,"a":[{"d":1,"c":2}]}');
  });

  test("is JSON that reads back as the value, and canonical again", () => {
    fc.assert(
      fc.property(jsonArbitrary, (value) => {
        const text = canonical(value);
        expect(canonical(parseJson(text))).toBe(text);
        // The engine's reader as a second opinion.
        expect(JSON.stringify(sortedEntries(JSON.parse(text)))).toBe(JSON.stringify(sortedEntries(value)));
      }),
      { numRuns: 300 },
    );
  });

  test("does not depend on the order in which keys were inserted", () => {
    fc.assert(
      fc.property(reorderedTwins(jsonArbitrary), ([value, twin]) => {
        expect(writeCanonical(twin)).toBe(canonical(value));
      }),
      { numRuns: 300 },
    );
  });

  test("the quick way writes what the plain writer writes", () => {
    fc.assert(
      fc.property(jsonArbitrary, (value) => {
        expect(canonical(value)).toBe(writeCanonical(value));
      }),
      { numRuns: 300 },
    );
  });
});

describe("canonicalStrict", () => {
  test("normalises first and sorts then", () => {
    expect(canonicalStrict({ f: 2, "e\u0301": 1, ez: 3 })).toBe('{"ez":3,"f":2,"\u00e9":1}');
  });

  test("sees what an escape hides from a look at the whole text", () => {
    // An escaped line break ends in the letter n, and n with an acute accent has a form of its own.
    expect(canonicalStrict("\n\u0301")).toBe('"\\n\u0301"');
    expect(canonicalStrict("n\u0301")).toBe('"\u0144"');
  });

  test("refuses null, floats and inexact ints, although their type may say otherwise", () => {
    expect(valueErrorOf(() => canonicalStrict({ a: Object(null) && 1.5 }))).toMatchObject({ code: "E_VALUE_FLOAT" });
    expect(valueErrorOf(() => canonicalStrict([2 ** 53]))).toMatchObject({ code: "E_VALUE_RANGE", path: "$[0]" });
    expect(valueErrorOf(() => canonicalStrict(JSON.parse('{"a":null}')))).toMatchObject({
      code: "E_VALUE_NULL",
      path: "$.a",
    });
    expect(valueErrorOf(() => canonicalStrict({ "e\u0301": 1, "\u00e9": 2 })).code).toBe("E_VALUE_DUPLICATE_KEY");
  });

  test("is the plain writing of the normalised value, whatever the order of its keys", () => {
    fc.assert(
      fc.property(reorderedTwins(strictArbitrary), ([value, twin]) => {
        const text = canonicalStrict(value);
        expect(text).toBe(writeCanonical(toStrict(value)));
        expect(text).toBe(writeCanonical(toStrict(twin)));
      }),
      { numRuns: 300 },
    );
  });

  test("both profiles agree where a value belongs to both", () => {
    fc.assert(
      fc.property(strictArbitrary, (value) => {
        const strict = toStrict(value);
        fc.pre(!writeCanonical(strict).match(/\d{16}/));
        expect(canonical(JSON.parse(canonicalStrict(value)))).toBe(canonicalStrict(strict));
      }),
      { numRuns: 200 },
    );
  });
});

function sortedEntries(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedEntries);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, member]): [string, unknown] => [key, sortedEntries(member)]);
  return { entries: entries.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
