import { expect, test } from "bun:test";
import fc from "fast-check";
import { textParts } from "./template_text.ts";

test("texts and variables, in order", () => {
  expect(textParts("")).toEqual([{ kind: "text", text: "" }]);
  expect(textParts("${a}")).toEqual([{ kind: "variable", name: "a" }]);
  expect(textParts("x${a}${_b1}y")).toEqual([
    { kind: "text", text: "x" },
    { kind: "variable", name: "a" },
    { kind: "variable", name: "_b1" },
    { kind: "text", text: "y" },
  ]);
});

test("a doubled dollar is a brace that is a text", () => {
  expect(textParts("$${a}")).toEqual([{ kind: "text", text: "${a}" }]);
  expect(textParts("$$${a}")).toEqual([{ kind: "text", text: "$${a}" }]);
  expect(textParts("$$${a}${b}")).toEqual([
    { kind: "text", text: "$${a}" },
    { kind: "variable", name: "b" },
  ]);
  expect(textParts("$ $$ {a} $a")).toEqual([{ kind: "text", text: "$ $$ {a} $a" }]);
});

test("a brace that names nothing is broken", () => {
  for (const broken of ["${}", "${a b}", "${1}", "${a-b}"]) {
    expect(textParts(broken)).toEqual([{ kind: "broken", text: broken }]);
  }
  expect(textParts("${a")).toEqual([
    { kind: "broken", text: "${" },
    { kind: "text", text: "a" },
  ]);
});

test("written with every brace doubled, any text is itself", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("$", "{", "}", "a") }), (text) => {
      // A dollar before a brace is doubled; one before that would take the first of the two.
      fc.pre(!text.includes("$${"));
      expect(textParts(text.replaceAll("${", () => "$${"))).toEqual([{ kind: "text", text }]);
    }),
  );
});
