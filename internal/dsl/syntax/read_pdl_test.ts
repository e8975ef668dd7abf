import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publicIssue } from "./dsl_issue.ts";
import { dslSource } from "./dsl_source.ts";
import type { PdlFile, Statement } from "./pdl_file.ts";
import { readPdl } from "./read_pdl.ts";

const read = (text: string) => readPdl(dslSource("p.pdl", text));
const withStatements = (...lines: string[]) =>
  ["version: pdl/v0", "arms:", "evaluate:", ...lines.map((line) => `  ${line}`), "emit:", "  a: a"].join("\n");

function fileOf(text: string): PdlFile {
  const result = read(text);
  if ("issue" in result) throw new Error(`${result.issue.pos?.line}: ${result.issue.message}`);
  return result.file;
}

function issueOf(text: string): string {
  const result = read(text);
  if (!("issue" in result)) return "none";
  const { code, line, column, message } = publicIssue(result.issue);
  return `${code} ${line}:${column} ${message}`;
}

/** Statements without places. */
function shape(statements: readonly Statement[]): unknown {
  return statements.map(shapeOf);
}

function shapeOf(statement: Statement): unknown {
  switch (statement.kind) {
    case "assignment": {
      const { label, target, operator, expression } = statement;
      return `${label === undefined ? "" : `${label.text}: `}${target.text} ${operator} ${expression.text}`;
    }
    case "if": {
      const { condition, body, otherwise } = statement;
      return [condition.text, shape(body), ...(otherwise === undefined ? [] : [shape(otherwise.statements)])];
    }
    case "choose":
      return statement.options.map(({ name, expression, probability }) => [name, expression.text, probability?.text]);
  }
}

describe("statements", () => {
  test.each([
    [["a = 1"], ["a = 1"]],
    [["a := b == c"], ["a := b == c"]],
    [["a = b := c"], ["a = b := c"]],
    [["a == 1"], ["a = = 1"]],
    [["label: x.y  =  1  "], ["label: x.y = 1"]],
    [["if a:", "  - b = 1", "  - l: c = 2", "else:"], [["a", ["b = 1", "l: c = 2"], []]]],
    [
      ["if a:", "  b = 1", "else:", "  b = 2", "if a:", "  c = 1", "else:", "  c = 2"],
      [
        ["a", ["b = 1"], ["b = 2"]],
        ["a", ["c = 1"], ["c = 2"]],
      ],
    ],
    [
      ["choose:", "  x: a = 1 with p=0.5 ", "  y: f(1) with p= ", "  z: g with p = 1"],
      [
        [
          ["x", "a = 1", "0.5"],
          ["y", "f(1)", undefined],
          ["z", "g with p = 1", undefined],
        ],
      ],
    ],
    [["choose:"], [[]]],
  ] as const)("%j", (lines, expected) => {
    expect(shape(fileOf(withStatements(...lines)).evaluate)).toEqual(expected);
  });

  test("know their places", () => {
    const { evaluate } = fileOf(withStatements("lab: a = 1", "if  x :", "  choose:", "    o: b with p=0.5"));
    const start = withStatements("").indexOf("\n  \n") + 3;
    expect(evaluate).toMatchObject([
      { at: start + 5, label: { at: start }, target: { at: start + 5 }, expression: { at: start + 9 } },
      {
        at: start + 13,
        condition: { at: start + 17 },
        body: [
          {
            at: start + 25,
            options: [
              {
                at: start + 39,
                text: { at: start + 42 },
                expression: { at: start + 42 },
                probability: { at: start + 51 },
              },
            ],
          },
        ],
      },
    ]);
  });

  test.each([
    [["a"], "4:3 a statement is an assignment; this one lacks a ="],
    [["= 1"], "4:3 a statement is an assignment; this one lacks a target"],
    [["l: a ="], "4:6 a statement is an assignment; this one lacks an expression"],
    [["a := "], "4:3 a statement is an assignment; this one lacks an expression"],
    [["a = {b: 1}"], "4:11 a statement is an assignment"],
    [["if a: b = 1"], "4:9 the statements of a body"],
    [["if :", "  b = 1"], "5:5 'if' begins no statement"],
    [["if a:", "  b = 1", "elif c:", "  b = 1"], "7:5 'elif c' begins no statement"],
    [["l:"], "4:5 'l' begins no statement"],
    [["a = 1", "else:"], "5:3 else stands directly"],
    [["if a:", "else:", "else:"], "6:3 else stands directly"],
    [["if a:", "b = 1", "else:"], "6:3 else stands directly"],
    [["if a:", "  - if b:"], "5:7 a list of statements"],
    [["choose: a"], "4:11 choose is a mapping"],
    [["choose:", "  - a"], "5:5 choose is a mapping"],
    [["choose:", "  a"], "5:5 an option is of the form"],
    [["choose:", "  a:", "    b"], "6:7 option a is a text"],
  ])("parse error: %j", (lines, issue) => {
    expect(issueOf(withStatements(...lines))).toStartWith(`parse-error ${issue}`);
  });
});

describe("the file", () => {
  test("arms and emit keep their nesting, epsilon its text", () => {
    const text =
      "version: pdl/v0\narms:\n  a:\n    f:\n      - g: 1\n  b:\nepsilon: 0.1 \nevaluate:\nemit:\n  r:\n    s: t";
    expect(fileOf(text)).toMatchObject({
      arms: [
        { name: "a", fields: { entries: [{ key: "f" }] } },
        { name: "b", fields: { entries: [] } },
      ],
      epsilon: { text: "0.1 " },
      evaluate: [],
      emit: { entries: [{ key: "r", value: { kind: "mapping" } }] },
    });
  });
  test.each([
    ["arms:", "1:1 the key version is missing"],
    ["version: v", "1:1 the key arms is missing"],
    ["version: v\narms: x", "2:7 arms is a mapping"],
    ["version: v\narms:\n  - a", "3:3 arms is a mapping"],
    ["version: v\narms:\n  a: 1", "3:6 a is a mapping"],
    ["version: v\narms:\n  a", "3:3 a line of arms"],
    ["version: v\narms:\n  a:\n    b", "4:5 a line of arm a"],
    ["version: v\narms:\nepsilon:", "3:9 epsilon is a text"],
    ["version: v\narms:\nevaluate: x\nemit:", "3:11 evaluate is a mapping"],
    ["version: v\narms:\nevaluate:", "1:1 the key emit is missing"],
    ["version: v\narms:\nevaluate:\nemit:\n  - a", "5:3 emit is a mapping"],
    ["version: v\narms:\nevaluate:\nemit:\n  a:\n    - b:\n        c", "7:9 a line of emit"],
    ["version: v\narms:\nevaluate:\nemit:\nemit:", "5:1 the key emit is there twice"],
  ])("parse error: %j", (text, issue) => {
    expect(issueOf(text)).toBe(`parse-error ${issue}${issueOf(text).slice(12 + issue.length)}`);
  });
});

test("vectors/pdl_compile.jsonl: every parse error and no other", () => {
  const lines = readFileSync(join(import.meta.dir, "../../../testdata/vectors/pdl_compile.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  for (const line of lines) {
    const { name, pdl, lint } = JSON.parse(line);
    const result = read(pdl);
    const { line: row, column, level, code } = "issue" in result ? publicIssue(result.issue) : {};
    const expected = lint.filter((finding: unknown[]) => finding[3] === "parse-error");
    expect([name, "issue" in result ? [[row, column, level, code]] : []]).toEqual([name, expected]);
  }
  expect(lines).toHaveLength(17);
});
