import { expect, test } from "bun:test";
import { exactJson } from "./exact_json.ts";
import { parseExact } from "./parse_exact.ts";

test("an integer beyond 2^53 keeps its digits through reading and writing (flows §12)", () => {
  const text = '{"n":9007199254740993,"list":[-9223372036854775808,1.5,null],"s":"9007199254740993"}';
  expect(exactJson(parseExact(text))).toBe(text);
});

test("keys stand as they stand", () => expect(exactJson({ b: 1, a: [true, "x"] })).toBe('{"b":1,"a":[true,"x"]}'));

test("a circle is no value", () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(() => exactJson(circle)).toThrow(TypeError);
});
