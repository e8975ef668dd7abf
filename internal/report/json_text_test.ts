import { expect, test } from "bun:test";
import fc from "fast-check";
import { jsonText } from "./json_text.ts";

test("keys keep their order", () => {
  expect(jsonText({ b: 1, a: [null] })).toBe('{"b":1,"a":[null]}');
});

test("a bigint keeps all its digits, at any depth", () => {
  expect(jsonText({ a: [9223372036854775807n] })).toBe('{"a":[9223372036854775807]}');
});

test("a value that is no JSON for another reason is a bug and throws", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(() => jsonText(circle)).toThrow(TypeError);
});

test("JSON values come back as they were", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => expect(JSON.stringify(JSON.parse(jsonText(value)))).toBe(jsonText(value))),
  );
});
