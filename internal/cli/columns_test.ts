import { expect, test } from "bun:test";
import fc from "fast-check";
import { columns, GLUE, wrap } from "./columns.ts";

test("names stand in one column and texts in another, wrapped below themselves", () => {
  const long = "word ".repeat(30).trim();
  const lines = columns([
    ["a", "first"],
    ["long-name", long],
  ]).split("\n");
  expect(lines[0]).toBe("  a          first");
  expect(lines[1]).toStartWith("  long-name  word word");
  expect(lines[2]).toMatch(/^ {13}word/);
});

test("a name that is too wide has a line of its own", () => {
  const wide = "x".repeat(40);
  expect(
    columns([
      [wide, "text"],
      ["a", "b"],
    ]),
  ).toBe(`  ${wide}\n     text\n  a  b`);
});

test("glued words are not torn apart", () => {
  expect(wrap(`aa (default:${GLUE}bb)`, 12)).toEqual(["aa", `(default:${GLUE}bb)`]);
  expect(columns([["n", `x${GLUE}y`]])).toBe("  n  x y");
});

test("wrapping loses no word and no line is longer than it has to be", () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }),
      fc.integer({ min: 9, max: 40 }),
      (words, width) => {
        const lines = wrap(words.join(" "), width);
        expect(lines.join(" ")).toBe(words.join(" "));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      },
    ),
    { numRuns: 200 },
  );
});
