import { expect, test } from "bun:test";
import fc from "fast-check";
import { parseLiteral } from "./parse_literal.ts";

test.each([
  ["75.0", 75],
  ["True", true],
  ["False", false],
  ["None", null],
  [" 5 ", 5],
  ["-3", -3],
  ["- 3", -3],
  ["+.5", 0.5],
  ["0x10", 16],
  ["'a\\n'", "a\n"],
  ["[1, (2, 'x'), {'k': None, 3: [True]}]", [1, [2, "x"], { k: null, "3": [true] }]],
  ["(1)", 1],
  ["{}", {}],
])("%p is a literal", (text, value) => {
  expect(parseLiteral(text)).toEqual(value);
});

test.each([
  "",
  "true",
  "null",
  "01",
  "ns=2;i=5",
  "WRITE",
  "1 + 1",
  "--1",
  "-True",
  "[a]",
  "{a: 1}",
  "{[1]: 2}",
  "f(1)",
  "()",
  "1 2",
  "'a' 'b'",
  "[1",
  "-",
  "Trueish",
  "1e999",
  "not 1",
  "[1][0]",
])("%p stays text", (text) => {
  expect(parseLiteral(text)).toBeUndefined();
});

test("a literal may be longer than an expression, but is nested no deeper", () => {
  expect(parseLiteral(`'${"a".repeat(10_000)}'`)).toHaveLength(10_000);
  expect(parseLiteral(`${"[".repeat(65)}${"]".repeat(65)}`)).toBeUndefined();
});

test("what JSON writes of a text without escapes beyond those of the language reads as that text (property)", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(parseLiteral(JSON.stringify(text))).toBe(text);
    }),
  );
});

test("what JSON writes of a number reads as that number (property)", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(parseLiteral(JSON.stringify(number))).toBe(number + 0);
    }),
  );
});
