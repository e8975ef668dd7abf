import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parse } from "yaml";
import type { Json } from "../../value/mod.ts";
import { jsonText } from "./json_text.ts";
import { yamlText } from "./yaml_text.ts";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }).filter((t) => t.isWellFormed()),
  fc.constantFrom(
    "",
    " a",
    "a ",
    "- a",
    "a: b",
    "a #b",
    "#",
    "on",
    "No",
    "~",
    "null",
    "1",
    "1e3",
    ".5",
    "0x1f",
    "---",
    "...",
    "é",
    "?",
  ),
  fc.constantFrom(
    "'",
    '"',
    "\n",
    "a\nb",
    "\t",
    "\u2028",
    "\ufeff",
    "\x85",
    "%",
    "@",
    "`",
    "&a",
    "*a",
    "!a",
    "[",
    "{",
    "=",
    "<<",
    "k".repeat(1500),
  ),
);

const document = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe("texts of documents", () => {
  test("a YAML text says the document in YAML 1.2 and 1.1 alike", () => {
    fc.assert(
      fc.property(fc.dictionary(text, document, { maxKeys: 4, noNullPrototype: true }), (value) => {
        if (Object.hasOwn(value, "__proto__")) return;
        const written = yamlText(value);
        expect(parse(written)).toEqual(value);
        expect(parse(written, { version: "1.1", merge: false })).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });
  test("it looks as people write it", () => {
    const value = { a: [{ id: "x", on: "y" }, [], [["é: 1"]]], b: {}, c: 3, "d e": "it's", f: "a\nb", g: "\u{1f389}" };
    expect(yamlText(value)).toBe(
      "a:\n- id: x\n  'on': 'y'\n- []\n-\n  -\n    - 'é: 1'\nb: {}\nc: 3\n'd e': 'it''s'\nf: \"a\\nb\"\ng: \"\u{1f389}\"\n",
    );
  });
  test("a JSON text is ASCII, with two spaces a level and no final newline", () => {
    expect(jsonText({ a: ["é\u{1f389}\x7f"], b: {} })).toBe(
      '{\n  "a": [\n    "\\u00e9\\ud83c\\udf89\x7f"\n  ],\n  "b": {}\n}',
    );
  });
});
