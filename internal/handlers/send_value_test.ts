import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { toStrict, ValueError } from "../value/mod.ts";
import { receiveValue } from "./receive_value.ts";
import { sendValue } from "./send_value.ts";

const through = (value: unknown): unknown => receiveValue(sendValue(value));

/** What the rules for values say. */
function judged(value: unknown): unknown {
  try {
    return toStrict(value);
  } catch (error) {
    return error instanceof ValueError ? `${error.code} ${error.message}` : error;
  }
}

/** Values as handlers get and give them, and what SQLite has. */
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "binary" }),
    fc.integer(),
    fc.double(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.uint8Array({ maxLength: 5 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
    fc.constant(Object.fromEntries([["__proto__", 1n]])),
  ),
})).value;

describe("a value that is sent", () => {
  test("is the same when it is received (property)", () => {
    fc.assert(
      fc.property(values, (value) => {
        const text = sendValue(value);
        expect(text.isWellFormed()).toBe(true);
        // JSON has one zero, as ints do.
        expect(receiveValue(text)).toEqual(value === 0 ? 0 : zeros(value));
      }),
    );
  });

  test("is JSON if it can be, and else knows integers exactly", () => {
    expect(sendValue({ a: [1, "é", null, true, 1.5] })).toBe('{"a":[1,"é",null,true,1.5]}');
    expect(sendValue(undefined)).toBe("");
    expect(through({ n: 9_007_199_254_740_993n, m: 1n })).toEqual({ n: 9_007_199_254_740_993n, m: 1n });
    expect(through([undefined, [], [0], [1, "2"]])).toEqual([undefined, [], [0], [1, "2"]]);
  });

  class Point {}
  const circle: { self?: unknown } = {};
  circle.self = { circle, other: circle };
  const deep = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => [inner], 1);

  test.each([
    ["undefined inside", { a: undefined }],
    ["a hole", new Array(2)],
    ["no number", { a: [Number.NaN] }],
    ["infinity", Number.NEGATIVE_INFINITY],
    ["a function", { f: () => 1 }],
    ["a function called toJSON", { toJSON: () => ({}) }],
    ["a symbol", Symbol("s")],
    ["a date", [new Date(0)]],
    ["a map", new Map()],
    ["an object of a class", { point: new Point() }],
    ["bytes", new Uint8Array(3)],
    ["a circle", circle],
    ["a circle in an answer", { result: circle }],
    ["what is as deep as it may be", deep(256)],
    ["what is deeper", deep(257)],
    ["what is much deeper", deep(5_000)],
    ["a lone surrogate", { "\uD800": "\uDC00" }],
  ])("is judged as it was: %s", (_, value) => {
    expect(judged(through(value))).toEqual(judged(value));
  });

  test("has an end: what shows itself in many places is refused", () => {
    const doubled = Array.from({ length: 60 }).reduce((inner) => [inner, inner], 1);
    expect(() => sendValue(doubled, 1_000)).toThrow(RangeError);
    expect(() => sendValue([1n, doubled], 1_000)).toThrow(RangeError);
    expect(() => sendValue(new Array(2 ** 32 - 1), 1_000)).toThrow(RangeError);
    expect(() => sendValue(["x".repeat(64_001)], 1_000)).toThrow(RangeError);
    expect(sendValue(new Array(999).fill(1), 1_000)).toHaveLength(1_999);
  });
});

/** With `-0` as 0. */
function zeros(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(zeros);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, zeros(item)]));
}
