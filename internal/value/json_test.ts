import { describe, expect, test } from "bun:test";
import { isObject, setKey } from "./json.ts";

describe("isObject", () => {
  test("is true of objects alone", () => {
    expect([{}, { length: 0 }].every(isObject)).toBe(true);
    expect([null, [], "", 0, 1n, false].some(isObject)).toBe(false);
  });
});

describe("setKey", () => {
  test("makes __proto__ a member, and leaves the prototype alone", () => {
    const object: { [key: string]: unknown } = {};
    setKey(object, "__proto__", { a: 1 });
    setKey(object, "b", 2);
    expect(Object.entries(object)).toEqual([
      ["__proto__", { a: 1 }],
      ["b", 2],
    ]);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    setKey(object, "__proto__", 3);
    expect(JSON.stringify(object)).toBe('{"__proto__":3,"b":2}');
  });
});
