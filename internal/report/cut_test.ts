import { expect, test } from "bun:test";
import fc from "fast-check";
import { cutAround, cutMiddle, firstDifference, lastLines } from "./cut.ts";

test("a text within the limit is not cut", () => {
  expect(cutMiddle("abc", 3)).toBe("abc");
  expect(cutAround("abc", 2, 3)).toBe("abc");
});

test("a long text keeps its beginning and end and says how much is missing", () => {
  expect(cutMiddle("aaaabbbbbbbbzz", 6)).toBe("aaaa … 8 characters left out … zz");
});

test("a long text is cut around the place that matters", () => {
  expect(cutAround(`${"a".repeat(50)}X${"b".repeat(49)}`, 50, 9)).toBe(
    " … 47 characters left out … aaaXbbbbb … 44 characters left out … ",
  );
});

test("a cut never tears a surrogate pair", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 3, max: 12 }), fc.nat(40), (length, limit, index) => {
      const text = "😀".repeat(length);
      expect(cutMiddle(text, limit).isWellFormed()).toBe(true);
      expect(cutAround(text, index, limit).isWellFormed()).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("what is kept and what is said to be left out add up to the text", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 20 }), fc.integer({ min: 3, max: 19 }), fc.nat(60), (text, limit, index) => {
      for (const cut of [cutMiddle(text, limit), cutAround(text, index, limit)]) {
        const gap = / … (\d+) characters? left out … /g;
        const left = [...cut.matchAll(gap)].reduce((sum, [, count]) => sum + Number(count), 0);
        expect(cut.replace(gap, "").length + left).toBe(text.length);
        expect(left).toBeGreaterThanOrEqual(text.length - limit - 1);
      }
    }),
    { numRuns: 300 },
  );
});

test("of many lines the last are kept", () => {
  expect(lastLines("a\nb\nc\n", 2, 80)).toEqual(["… 1 line left out …", "b", "c"]);
  expect(lastLines("a\nb\n", 2, 80)).toEqual(["a", "b"]);
});

test("the first difference is where the common beginning ends", () => {
  expect(firstDifference("abc", "abd")).toBe(2);
  expect(firstDifference("ab", "abd")).toBe(2);
  expect(firstDifference("", "")).toBe(0);
});
