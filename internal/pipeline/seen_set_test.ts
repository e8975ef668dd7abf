import { expect, test } from "bun:test";
import { SeenSet } from "./seen_set.ts";

test("beyond the limit the oldest value is forgotten, again and again", () => {
  const seen = new SeenSet(3);
  for (const value of ["a", "b", "c", "d", "e", "f", "g"]) seen.add(value);
  expect(["c", "d", "e", "f", "g"].map((value) => seen.has(value))).toEqual([false, false, true, true, true]);
});

test("a value that was forgotten can be remembered again", () => {
  const seen = new SeenSet(1);
  for (const value of [1, 2, 1]) seen.add(value);
  expect([seen.has(1), seen.has(2)]).toEqual([true, false]);
});

test("missing and null are never remembered, and take no place", () => {
  const seen = new SeenSet(1);
  for (const value of ["a", undefined, null]) seen.add(value);
  expect([seen.has("a"), seen.has(undefined), seen.has(null)]).toEqual([true, false, false]);
});

test("a hundred thousand values in a full set cost no search", () => {
  const seen = new SeenSet(65_536);
  for (let value = 0; value < 200_000; value++) seen.add(value);
  expect([seen.has(199_999 - 65_536), seen.has(199_999 - 65_535)]).toEqual([false, true]);
});
