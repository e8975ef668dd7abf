import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonArbitrary } from "./arbitraries.ts";
import { checkJson } from "./check_json.ts";
import { valueErrorOf } from "./value_error_of.ts";

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

describe("checkJson", () => {
  test("returns any JSON value as it is", () => {
    fc.assert(
      fc.property(jsonArbitrary, (value) => {
        expect(checkJson(value)).toBe(value);
      }),
    );
  });

  test("takes 256 nested containers and refuses 257", () => {
    expect(checkJson(nested(256))).toBeDefined();
    const error = valueErrorOf(() => checkJson(nested(257)));
    expect([error.code, error.path, error.offset]).toEqual(["E_VALUE_DEPTH", undefined, undefined]);
  });

  const types = "only null, bool, number, string, array and object are allowed here";
  const circle: { self?: unknown } = {};
  circle.self = circle;

  const refused: [value: unknown, code: string, message: string][] = [
    [{ a: [Number.NaN] }, "E_VALUE_NUMBER", "$.a[0] is NaN; a number must be finite and fit a double"],
    [Infinity, "E_VALUE_NUMBER", "$ is Infinity; a number must be finite and fit a double"],
    [["a\udc00"], "E_VALUE_SURROGATE", "$[0] has the lone surrogate \\udc00, which is no character"],
    [
      { a: { "\ud800b": 1 } },
      "E_VALUE_SURROGATE",
      "$.a has a key with the lone surrogate \\ud800, which is no character",
    ],
    [{ a: undefined }, "E_VALUE_TYPE", `$.a is undefined; ${types}`],
    [new Array(2), "E_VALUE_TYPE", `$[0] is undefined; ${types}`],
    [1n, "E_VALUE_TYPE", `$ is a bigint; ${types}`],
    [{ "a b": new Set() }, "E_VALUE_TYPE", `$["a b"] is an object of class Set; ${types}`],
    [{ toJSON: () => 1 }, "E_VALUE_TYPE", `$.toJSON is a function; ${types}`],
    [circle, "E_VALUE_DEPTH", "more than 256 nested arrays and objects"],
  ];

  test.each(refused.map(([value, code, message]): [string, string, unknown] => [message, code, value]))(
    "refuses: %s",
    (message, code, value) => {
      const error = valueErrorOf(() => checkJson(value));
      expect([error.code as string, error.message]).toEqual([code, message]);
    },
  );
});
