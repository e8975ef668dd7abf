import { expect, test } from "bun:test";
import fc from "fast-check";
import { uniqueNames } from "./case_names.ts";

function all(names: readonly string[]): string[] {
  const unique = uniqueNames();
  return names.map((name) => unique(name));
}

test("the first of a name keeps it, the next are numbered", () => {
  expect(all(["a", "b", "a", "a", "b"])).toEqual(["a", "b", "a#2", "a#3", "b#2"]);
});

test("a number that someone wrote himself is passed over", () => {
  expect(all(["a", "a#2", "a", "a"])).toEqual(["a", "a#2", "a#3", "a#4"]);
  expect(all(["a", "a", "a#2"])).toEqual(["a", "a#2", "a#2#2"]);
});

test("names are unique, and each begins with the name that was given", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "a#2", "a#3", "a#2#2", "b", "__proto__", "")), (names) => {
      const unique = all(names);
      expect(new Set(unique).size).toBe(names.length);
      for (const [at, name] of names.entries()) expect(unique[at]).toStartWith(name);
    }),
  );
});

test("many repetitions cost no more each", () => {
  const names = [
    ...Array.from({ length: 50_000 }, (_, at) => `a#${at + 2}`),
    ...Array.from({ length: 50_000 }, () => "a"),
  ];
  expect(all(names).at(-1)).toBe("a#100000");
});
