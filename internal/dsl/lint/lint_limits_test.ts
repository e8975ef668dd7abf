import { expect, test } from "bun:test";
import { flow, found, policy } from "./lint_sample.ts";

/** Large enough that anything that takes the square of the length is seen as a test that times out. */
const UNITS = 100_000;
const STEPS = 5_000;

const argument = (text: string) => flow("steps:", "  - a(op.x):", `      v: ${text}`);
const numbered = (line: (n: number) => string) => Array.from({ length: STEPS }, (_, n) => line(n));

const TEXTS: readonly [what: string, path: string, text: () => string][] = [
  ["references that nothing closes", "f.wdl", () => argument("${input.".repeat(UNITS / 8))],
  ["references that one brace closes", "f.wdl", () => argument(`${"${x".repeat(UNITS / 3)}}`)],
  ["references without braces", "f.wdl", () => argument("$input.a".repeat(UNITS / 8))],
  ["quotes behind backslashes that nothing closes", "f.wdl", () => argument(`"${'\\"'.repeat(UNITS / 2)}`)],
  ["blanks", "f.wdl", () => argument(`a${" ".repeat(UNITS)}b`)],
  ["a long list of a condition", "f.wdl", () => flow("steps:", `  - when $step.a in [${'"x",'.repeat(UNITS / 4)}]:`)],
  [
    "steps that refer to steps that are not there",
    "f.wdl",
    () => flow("steps:", ...numbered((n) => `  - s${n}(op.x):\n      v: $step.t${n}`)),
  ],
  [
    "inputs and misspelt references to them",
    "f.wdl",
    () =>
      flow(
        "inputs:",
        ...numbered((n) => `  in${n}: string`),
        "steps:",
        ...numbered((n) => `  - s${n}(op.x):\n      v: $input.ni${n}`),
      ),
  ],
  ["a long expression", "p.pdl", () => policy("evaluate:", `  a = ${"1+".repeat(UNITS / 2)}`, "emit:")],
  [
    "long paths",
    "p.pdl",
    () => policy("evaluate:", ...Array.from({ length: 50 }, () => `  x = ${"a.".repeat(2000)}a`), "emit:"),
  ],
  ["a long target", "p.pdl", () => policy("evaluate:", `  ${"a.".repeat(UNITS / 2)}b = 1`, "emit:")],
  ["words that are no variables", "p.pdl", () => policy("evaluate:", ...numbered((n) => `  x${n} = y${n}`), "emit:")],
  [
    "options",
    "p.pdl",
    () => policy("evaluate:", "  choose:", ...numbered((n) => `    o${n}: a${n} = 1 with p=0.1`), "emit:"),
  ],
];

test.each(TEXTS)("%s take time in proportion to the text", (_, path, text) => {
  expect(Array.isArray(found({ [path]: text() }))).toBe(true);
});

test("blocks may be nested thousands deep", () => {
  const deep = (line: string) => Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth + 2)}${line}`);
  const ifs = [...deep("if values.x:"), `${" ".repeat(3002)}a = 1`];
  expect(found({ "p.pdl": policy("evaluate:", ...ifs, "emit:", "  a: a") })).toEqual([
    "p.pdl:3008:6 warning maybe-unset",
  ]);
});

test("what is said of a long name is short", () => {
  const text = flow("steps:", `  - a(op.x):`, `      v: $input.${"n".repeat(5000)}`);
  expect(found({ "f.wdl": text })).toEqual(["f.wdl:5:10 error missing-input"]);
});
