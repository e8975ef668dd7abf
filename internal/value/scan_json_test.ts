import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonArbitrary } from "./arbitraries.ts";
import { canonical } from "./canonical.ts";
import { scanJson } from "./scan_json.ts";
import { valueErrorOf } from "./value_error_of.ts";

describe("scanJson", () => {
  test("reads the one value at its place and says where that ends", () => {
    expect(scanJson('input={"k": 1} emit=', 6)).toEqual({ value: { k: 1 }, end: 14 });
    expect(scanJson("[1]]", 0)).toEqual({ value: [1], end: 3 });
    expect(scanJson('x"]}"y', 1)).toEqual({ value: "]}", end: 5 });
    expect(scanJson("12abc", 0)).toEqual({ value: 12, end: 2 });
    expect(scanJson("null", 0)).toEqual({ value: null, end: 4 });
  });

  test("offsets of errors count from the beginning of the whole text", () => {
    expect(valueErrorOf(() => scanJson('input={"k": x}', 6))).toMatchObject({
      code: "E_VALUE_SYNTAX",
      message: 'expected a JSON value, got "x"',
      offset: 12,
    });
    expect(valueErrorOf(() => scanJson('input={"k":1,"k":1}', 6))).toMatchObject({ path: "$.k", offset: 13 });
  });

  test("does not skip white space before the value", () => {
    expect(valueErrorOf(() => scanJson(" 1", 0)).message).toBe('expected a JSON value, got " "');
  });

  test("looks at nothing behind the limit", () => {
    const text = 'input={"k":\n1}';
    expect(scanJson(text, 6).end).toBe(14);
    expect(valueErrorOf(() => scanJson(text, 6, 11))).toMatchObject({
      message: "expected a JSON value, got the end of the text",
      offset: 11,
    });
    expect(scanJson("123456", 0, 3)).toEqual({ value: 123, end: 3 });
  });

  test("finds any value between any texts that do not go on with it", () => {
    fc.assert(
      fc.property(
        jsonArbitrary,
        fc.string({ maxLength: 5 }),
        fc.constantFrom("", " ", "}", ",x", '"'),
        (value, a, b) => {
          const json = JSON.stringify(value);
          const found = scanJson(a + json + b, a.length);
          expect(found.end).toBe(a.length + json.length);
          expect(canonical(found.value)).toBe(canonical(value));
        },
      ),
      { numRuns: 200 },
    );
  });
});
