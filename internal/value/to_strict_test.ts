import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { exactText, strictArbitrary, textArbitrary } from "./arbitraries.ts";
import { canonicalStrict } from "./canonical.ts";
import { toStrict } from "./to_strict.ts";
import { valueErrorOf } from "./value_error_of.ts";

describe("toStrict", () => {
  test("copies, normalises text and keys, keeps the order of keys", () => {
    const given = { z: ["\u212b", true], "e\u0301": { n: 5n, m: -0 } };
    const strict = toStrict(given);
    expect(strict).toEqual({ z: ["\u00c5", true], "\u00e9": { n: 5, m: 0 } });
    expect(Object.keys(strict)).toEqual(["z", "\u00e9"]);
    expect(strict).not.toBe(given);
    expect(given.z).toEqual(["\u212b", true]);
  });

  test("a bigint that a number holds exactly becomes that number, a greater one stays", () => {
    expect(toStrict([9007199254740991n, 9007199254740992n])).toEqual([9007199254740991, 9007199254740992n]);
  });

  test("takes objects without a prototype, and those of another realm", () => {
    const bare = Object.assign(Object.create(null), { a: 1 });
    expect(toStrict(bare)).toEqual({ a: 1 });
    const foreignPrototype = Object.create(null);
    expect(toStrict(Object.assign(Object.create(foreignPrototype), { a: 1 }))).toEqual({ a: 1 });
  });

  const circle: unknown[] = [];
  circle.push({ circle });

  const refused: [value: unknown, code: string, message: string, help?: string][] = [
    [{ a: [null] }, "E_VALUE_NULL", "$.a[0] is null; only string, int, bool, array and object are allowed here"],
    [{ a: 1.5 }, "E_VALUE_FLOAT", "$.a is 1.5; only string, int, bool, array and object are allowed here"],
    [Number.NaN, "E_VALUE_FLOAT", "$ is NaN; only string, int, bool, array and object are allowed here"],
    [-Infinity, "E_VALUE_FLOAT", "$ is -Infinity; only string, int, bool, array and object are allowed here"],
    [
      2 ** 53,
      "E_VALUE_RANGE",
      "$ is 9007199254740992; a number beyond 2^53-1 is not exact",
      "give it as a bigint: 9007199254740992n",
    ],
    [
      1e300,
      "E_VALUE_RANGE",
      `$ is ${String(BigInt(1e300)).slice(0, 40)}…; an int lies between -9223372036854775808 and 9223372036854775807`,
    ],
    [
      [2n ** 63n],
      "E_VALUE_RANGE",
      "$[0] is 9223372036854775808; an int lies between -9223372036854775808 and 9223372036854775807",
    ],
    ["\ud800", "E_VALUE_SURROGATE", "$ has the lone surrogate \\ud800, which is no character"],
    [
      { a: { "\udc00": 1 } },
      "E_VALUE_SURROGATE",
      "$.a has a key with the lone surrogate \\udc00, which is no character",
    ],
    [
      { "e\u0301": 1, "\u00e9": 1 },
      "E_VALUE_DUPLICATE_KEY",
      '$["\u00e9"] is given twice; an object has each key once, and keys are normalised to NFC first',
    ],
    [{ a: undefined }, "E_VALUE_TYPE", "$.a is undefined; only string, int, bool, array and object are allowed here"],
    [new Array(1), "E_VALUE_TYPE", "$[0] is undefined; only string, int, bool, array and object are allowed here"],
    [[() => 1], "E_VALUE_TYPE", "$[0] is a function; only string, int, bool, array and object are allowed here"],
    [Symbol("s"), "E_VALUE_TYPE", "$ is a symbol; only string, int, bool, array and object are allowed here"],
    [
      new Date(0),
      "E_VALUE_TYPE",
      "$ is an object of class Date; only string, int, bool, array and object are allowed here",
    ],
    [
      new Map(),
      "E_VALUE_TYPE",
      "$ is an object of class Map; only string, int, bool, array and object are allowed here",
    ],
    [
      Object("boxed"),
      "E_VALUE_TYPE",
      "$ is an object of class String; only string, int, bool, array and object are allowed here",
    ],
    [
      circle,
      "E_VALUE_DEPTH",
      "more than 256 nested arrays and objects",
      "a value that contains itself has no JSON form",
    ],
  ];

  test.each(refused.map((row): [string, (typeof refused)[number]] => [row[2], row]))(
    "refuses: %s",
    (_, [value, code, message, help]) => {
      const error = valueErrorOf(() => toStrict(value));
      expect([error.code as string, error.message, error.help]).toEqual([code, message, help]);
    },
  );

  test("is idempotent", () => {
    fc.assert(
      fc.property(strictArbitrary, (value) => {
        const strict = toStrict(value);
        expect(exactText(toStrict(strict))).toBe(exactText(strict));
      }),
      { numRuns: 200 },
    );
  });

  test("every text that comes out is in NFC, and canonical text does not care which form went in", () => {
    fc.assert(
      fc.property(textArbitrary, (text) => {
        const strict = toStrict({ [`k${text}`]: text });
        expect(strict).toEqual({ [`k${text}`.normalize("NFC")]: text.normalize("NFC") });
        const decomposed = text.normalize("NFD");
        expect(canonicalStrict({ [`k${decomposed}`]: decomposed })).toBe(canonicalStrict({ [`k${text}`]: text }));
      }),
      { numRuns: 200 },
    );
  });
});
