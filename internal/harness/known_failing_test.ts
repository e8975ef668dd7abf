import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { KnownFailing, matchesGlob, readKnownFailing } from "./known_failing.ts";

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
    expect(matchesGlob("a_test.ami::*", "a_test.ami::x/y z")).toBe(true);
    expect(matchesGlob("*::bad ?", "dir/a_test.ami::bad 1")).toBe(true);
    expect(matchesGlob("a_test.ami::x", "a_test.ami::x2")).toBe(false);
    expect(matchesGlob("*.ami::x", "a_testXami::x")).toBe(false);
  });

  test("matches an id that was copied from a report, whatever stands in it", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (id) => matchesGlob(id, id)));
    expect(matchesGlob("a::[x] {y} (z)?", "a::[x] {y} (z)?")).toBe(true);
  });

  test("takes no longer than it must, whatever its stars", () => {
    expect(matchesGlob(`${"*a".repeat(50)}b`, "a".repeat(3000))).toBe(false);
  });

  test("agrees with a regular expression", () => {
    const part = fc.constantFrom("a", "b", "*", "?", "/", ".", "é", "😀");
    const text = fc.constantFrom("a", "b", "/", ".", "é", "😀", "*");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.array(text, { maxLength: 10 }), (glob, id) => {
        const source = glob.map((char) => (char === "*" ? ".*" : char === "?" ? "." : char === "." ? "\\." : char));
        const expected = new RegExp(`^${source.join("")}$`, "su").test(id.join(""));
        expect(matchesGlob(glob.join(""), id.join(""))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

test("the globs that nobody needed are told in their order", () => {
  const globs = readKnownFailing("a::x\nb::*\nc::y\nb::z\n", "k");
  const known = new KnownFailing(globs);
  expect(["a::x", "b::z", "d"].map((id) => known.matches(id))).toEqual([true, true, false]);
  expect(known.unused().map(({ glob }) => glob)).toEqual(["c::y"]);
});
