import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { LineIndex } from "../diag/mod.ts";
import type { Json } from "../value/mod.ts";
import { generalValue } from "./node_value.ts";
import { plainYaml } from "./plain_yaml.ts";
import { readYaml } from "./read_yaml.ts";

/** A few thousand texts; more behind an environment variable. */
const RUNS = Number(process.env.PLUMB_YAML_RUNS ?? 2000);

/** What the library reads; undefined if anything is wrong with the text. */
async function full(text: string): Promise<Json | undefined> {
  const { documents, findings } = await readYaml("t.yaml", new LineIndex(text));
  const [first, second] = documents;
  const value = first === undefined || second !== undefined ? undefined : generalValue(first, findings);
  return findings.all.length === 0 ? value : undefined;
}

const EXAMPLE = join(import.meta.dir, "../../testdata/examples/coldstore");

/** Pieces that texts are put together of: what it reads, and what looks nearly like it. */
const PIECES = [
  "a:",
  "b: ",
  "a.b: ",
  "$draws: ",
  "- ",
  "  ",
  "    ",
  "\n",
  "\n",
  "\n  ",
  "\n- ",
  "{",
  "}",
  "[",
  "]",
  ", ",
  ",",
  ": ",
  "a: 1",
  "x",
  "probe bus",
  "it's",
  "80",
  "9.0",
  "-0",
  "0.10",
  "01",
  "1e3",
  "0x1F",
  "1_000",
  ".5",
  "+1",
  "true",
  "True",
  "null",
  "~",
  "yes",
  '"q"',
  "'q'",
  '"',
  "'",
  "''",
  "#",
  " # c",
  "# c\n",
  "---",
  "...",
  "|",
  ">",
  "&a",
  "*a",
  "!!str",
  "<<: ",
  "? ",
  "\\n",
  "\t",
  "\r\n",
  "é",
  "=",
  "2026-01-01",
  "1.2.3",
  "10s",
  "a:b",
  "http://x",
  "-",
  "-x",
  "- - ",
  "{}",
  "[]",
] as const;

const LINES = [
  "a:",
  "b:",
  "c:",
  "a: 1",
  "b: x y",
  "c: {d: [1, x y, 'z']}",
  "d: []",
  "- x",
  "- e: 2",
  "- f:",
  "- {g: 1, h: {}}",
  "- [x]",
  'g: "1"',
  "- - x",
  "-",
  "# c",
  "",
  "h: x: y",
  "i: - x",
] as const;

describe("plain YAML is read as the library reads it, or left to the library", () => {
  test("the mocks of the cold store are plain", async () => {
    for (const name of readdirSync(EXAMPLE).filter((file) => file.endsWith(".yaml"))) {
      const text = readFileSync(join(EXAMPLE, name), "utf8");
      expect(plainYaml(text)).toBeDefined();
      expect(plainYaml(text)).toEqual(await full(text));
    }
  });

  test("what it reads: nested mappings, lists of scalars and flow collections, words, numbers, texts in quotes", () => {
    expect(plainYaml("a:\n  b: {c: [1, -2.50, true], d: 'x y'}\n  e:\n    - one two\n    - \"3\"\nf: 0\n")).toEqual({
      a: { b: { c: [1, -2.5, true], d: "x y" }, e: ["one two", "3"] },
      f: 0,
    });
    expect(plainYaml("a:\n- b: 1\n  c: {}\n- d\ne:\n  - f:\n      g: []\n    h: x\n")).toEqual({
      a: [{ b: 1, c: {} }, "d"],
      e: [{ f: { g: [] }, h: "x" }],
    });
  });

  test("what it leaves alone: what is no plain text or number, repeats a key, or is indented oddly", () => {
    for (const text of [
      "",
      "a",
      "a: ",
      "a: null",
      "a: 01",
      "a: 1e3",
      "a: yes",
      "a: x # c",
      "a: 1\na: 2",
      "{a: 1, a: 2}",
      "a: x\n  b",
      "a:\n    b: 1\n  c: 2",
      "a: |\n  x",
      "a: {b}",
      "a: [1,]",
      "a: it's\n  x: 1",
    ])
      expect([text, plainYaml(text)]).toEqual([text, undefined]);
  });

  test(`on ${RUNS} texts put together of such pieces it never differs from the library`, async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 9 }), async (pieces) => {
        const text = pieces.join("");
        const value = plainYaml(text);
        if (value === undefined) return;
        plain += 1;
        expect(value).toEqual((await full(text)) as Json);
      }),
      { numRuns: RUNS },
    );
    expect(plain).toBeGreaterThan(0);
  }, 600_000);

  test(`nor on ${RUNS} texts put together of whole lines`, async () => {
    const line = fc.tuple(fc.constantFrom(0, 0, 0, 2, 2, 4, 3), fc.constantFrom(...LINES));
    const texts = fc
      .array(line, { minLength: 1, maxLength: 7 })
      .map((lines) => lines.map(([indent, text]) => `${" ".repeat(indent)}${text}\n`).join(""));
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const value = plainYaml(text);
        if (value === undefined) return;
        plain += 1;
        expect(value).toEqual((await full(text)) as Json);
      }),
      { numRuns: RUNS },
    );
    expect(plain).toBeGreaterThan(RUNS / 50);
  }, 600_000);
});
