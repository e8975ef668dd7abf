import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { globMatcher, readKnownFailing } from "./known_failing.ts";

describe("a --known-failing file", () => {
  test("holds one glob a line, with its place; blank lines and comments are skipped", () => {
    const globs = readKnownFailing("# radio\na_test.ami::*\r\n\n  b_test.ami::x  \n", "known.txt");
    expect(globs.map(({ glob, pos }) => [glob, pos.line])).toEqual([
      ["a_test.ami::*", 2],
      ["b_test.ami::x", 4],
    ]);
  });
});

describe("a glob of stable ids", () => {
  test("matches whole ids; * and ? stand for any text and any character", () => {
    expect(globMatcher("a_test.ami::*")("a_test.ami::x/y z")).toBe(true);
    expect(globMatcher("*::bad ?")("dir/a_test.ami::bad 1")).toBe(true);
    expect(globMatcher("a_test.ami::x")("a_test.ami::x2")).toBe(false);
    expect(globMatcher("*.ami::x")("a_testXami::x")).toBe(false);
  });

  test("matches an id that was copied from a report, whatever stands in it", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (id) => globMatcher(id)(id)));
    expect(globMatcher("a::[x] {y} (z)?")("a::[x] {y} (z)?")).toBe(true);
  });
});
