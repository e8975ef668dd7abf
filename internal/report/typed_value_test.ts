import { expect, test } from "bun:test";
import { typedPair, typedValue } from "./typed_value.ts";

test.each<[unknown, string]>([
  [true, "true (bool)"],
  [1, "1 (number)"],
  [9223372036854775807n, "9223372036854775807 (number)"],
  ["1", '"1" (string)'],
  [null, "null"],
  [[1], "[1] (array)"],
  [{ a: 1 }, '{"a":1} (object)'],
])("%p is shown with its type", (value, shown) => {
  expect(typedValue(value, 100)).toBe(shown);
});

test("what JSON leaves literal but a terminal obeys is escaped", () => {
  expect(typedValue("\x9b31m\u202e", 100)).toBe('"\\x9b31m\\u202e" (string)');
});

test("long values that differ late are shown around the difference", () => {
  const same = "a".repeat(400_000);
  const [expected, actual] = typedPair(`${same}X`, `${same}Y`, 60);
  expect(expected).toEndWith('aaX" (string)');
  expect(actual).toEndWith('aaY" (string)');
  expect(expected).toContain("399943 characters left out");
  expect(expected.length).toBeLessThan(200);
});
