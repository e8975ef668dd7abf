import { expect, test } from "bun:test";
import { clip, clipComplaint, skipBlanks, trimBlanks, wordEnd } from "./pragma_text.ts";

test("a short text stays as it is, a long one is cut between code points", () => {
  expect(clip("abc")).toBe("abc");
  expect(clip("x".repeat(60))).toBe("x".repeat(60));
  expect(clip("😀".repeat(61))).toBe(`${"😀".repeat(60)}…`);
  expect(clip("x".repeat(1_000_000))).toHaveLength(61);
  expect(clipComplaint("x".repeat(1_000_000))).toHaveLength(301);
});

test("blanks are spaces and tabs, nothing else", () => {
  expect(trimBlanks(" \t a b\t ")).toBe("a b");
  expect(trimBlanks(" \t ")).toBe("");
  expect(trimBlanks("\u00a0a\v")).toBe("\u00a0a\v");
  expect(skipBlanks(" \ta", 0)).toBe(2);
  expect(skipBlanks("  ", 0)).toBe(2);
  expect(wordEnd("ab\u00a0c\td", 0)).toBe(4);
});
