import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import * as v from "valibot";
import type { Json } from "../value/mod.ts";
import { compileTemplate, resolveTemplate } from "./resolve_template.ts";

const Row = v.object({
  state: v.object({ inputs: v.record(v.string(), v.any()), steps: v.record(v.string(), v.any()) }),
  in: v.any(),
  out: v.any(),
});

describe("flows row 1: every row of arg_templates.jsonl", () => {
  const file = new URL("../../testdata/vectors/arg_templates.jsonl", import.meta.url);
  const rows = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => v.parse(Row, JSON.parse(line)));

  test("the file is whole", () => {
    expect(rows).toHaveLength(22);
  });

  test.each(rows.map((row) => [JSON.stringify(row.in), row] as const))("%s", (_, row) => {
    expect(resolveTemplate(row.in, row.state)).toEqual(row.out);
  });
});

const STATE = {
  inputs: { s: "x", n: 3, none: null, m: { k: [1, 2] }, "": "empty", __proto__: null },
  steps: { r: { v: { a: 1 }, "ns=2": 5 } },
};

const CASES: readonly [what: string, template: Json, out: Json][] = [
  ["blanks around a reference do not matter", "  $input.s ", "x"],
  ["a reference in braces keeps its type", "${input.m.k}", [1, 2]],
  ["a step in braces", "${step.r.v}", { a: 1 }],
  ["a step without a result is an empty mapping", "${step.gone}", {}],
  ["a path into a step without a result gives null", "$step.gone.a.b", null],
  ["a path ends at a list", "$input.m.k.0", null],
  ["a path ends at a text", "$input.s.length", null],
  ["what objects inherit is no key", "$input.constructor", null],
  ["no result is inherited either", "$step.toString", {}],
  ["the empty key is one", "$input.", "empty"],
  ["what follows a reference belongs to its path", "$input.s and more", null],
  ["text in between is filled in", "at ${input.s}: ${input.n}, ${input.m}", 'at x: 3, {"k":[1,2]}'],
  ["null is filled in as null", "a ${input.none} b", "a null b"],
  ["an escaped reference is text", "$${input.s}", "${input.s}"],
  ["only the two characters before the brace escape", "$$${input.s}", "$${input.s}"],
  [
    "other braces stay",
    "${inputs.s} ${x} ${input} {input.s} ${input.s",
    "${inputs.s} ${x} ${input} {input.s} ${input.s",
  ],
  ["quoted text is filled in", '"${input.s} is ${step.r.ns=2}"', "x is 5"],
  ["a quoted reference is text, whatever it refers to", '"${input.n}"', "3"],
  ["texts inside a literal are filled in", "['${input.n}', {'k': '${input.s}'}, 4]", ["3", { k: "x" }, 4]],
  ["a quoted text keeps its blanks", "'  a '", "  a "],
  ["a tuple is a list", "(1, 'a')", [1, "a"]],
  ["keys of a literal become text", "{1: 1, True: 2, None: 3}", { "1": 1, true: 2, null: 3 }],
  ["a sign stands before a number only", "-True", "-True"],
  ["a negative zero is zero", "-0.0", 0],
  ["a name is text", "WRITE", "WRITE"],
  ["an expression is text", "1 + 1", "1 + 1"],
  ["what cannot be read is text", "[1, 2", "[1, 2"],
  ["a number beyond all doubles is text", "1e999", "1e999"],
  ["lists and mappings recurse", { a: ["$input.n", { b: "${input.s}!" }], c: true }, { a: [3, { b: "x!" }], c: true }],
  ["keys of arguments stay as they are", { "${input.s}": "1" }, { "${input.s}": 1 }],
];

test.each(CASES)("%s", (_, template, out) => {
  expect(resolveTemplate(template, STATE)).toEqual(out);
});

test("a literal is new at each call, so that nobody changes the next one's", () => {
  const template = compileTemplate(["[1, 2]", { a: [{}] }]);
  const first = template(STATE);
  const second = template(STATE);
  expect(first).toEqual([[1, 2], { a: [{}] }]);
  expect((first as Json[])[0]).not.toBe((second as Json[])[0]);
});

test("a mapping with the key __proto__ keeps it", () => {
  const value = JSON.parse('{"__proto__": "$input.n"}') as Json;
  expect(JSON.stringify(resolveTemplate(value, STATE))).toBe('{"__proto__":3}');
});

test("whatever the template is, it resolves, twice to the same (property)", () => {
  const piece = fc.constantFrom(
    "$input.",
    "$step.",
    "${",
    "}",
    "input.s",
    "step.r.v",
    "$",
    "'",
    '"',
    "[",
    "]",
    "{",
    ":",
    "1",
    "-",
    "\\",
    " ",
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.oneof(text, fc.array(text), fc.dictionary(fc.string(), text)), (template) => {
      const compiled = compileTemplate(template);
      expect(compiled(STATE)).toEqual(resolveTemplate(template, STATE));
    }),
    { numRuns: 500 },
  );
});
