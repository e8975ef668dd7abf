import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publicIssue } from "./dsl_issue.ts";
import { dslSource } from "./dsl_source.ts";
import { readWdl } from "./read_wdl.ts";
import type { CallStep, Step, WdlFile } from "./wdl_file.ts";

/** A file with these lines in place of `steps`. */
const withSteps = (...lines: string[]) => ["version: dsl/v0", "workflow: w", "steps:", ...lines].join("\n");
const read = (text: string) => readWdl(dslSource("f.wdl", text));

function fileOf(text: string): WdlFile {
  const result = read(text);
  if ("issue" in result) throw new Error(`${result.issue.pos?.line}: ${result.issue.message}`);
  return result.file;
}

/** `line:column message` of the one finding. */
function issueOf(text: string): string {
  const result = read(text);
  if (!("issue" in result)) return "none";
  const { code, level, line, column, message } = publicIssue(result.issue);
  expect([code, level]).toEqual(["parse-error", "error"]);
  return `${line}:${column} ${message}`;
}

function callOf(header: string): CallStep {
  const [step] = fileOf(withSteps(`  - ${header}:`)).steps;
  if (step?.kind !== "call") throw new Error("no call");
  return step;
}

describe("step headers", () => {
  test("ID(TARGET) is trimmed and split at the first parenthesis", () => {
    const { id, target, at } = callOf("a b ( op.x(1) )");
    expect([id, target, at]).toEqual([{ text: "a b", at: 39 }, { text: "op.x(1)", at: 45 }, 39]);
  });
  test("options stand in any order behind it", () => {
    expect(callOf("a(b) policy p-1.x retry 2 every 1m timeout 500ms")).toMatchObject({
      timeoutMs: 500,
      retry: { max: 2, everyMs: 60_000 },
      policy: { at: 44, name: { text: "p-1.x", at: 51 } },
    });
    expect(callOf("a(b) retry 0")).toMatchObject({
      retry: { max: 0, everyMs: 0 },
      timeoutMs: undefined,
      policy: undefined,
    });
    expect(callOf("a(b) timeout 596h")).toMatchObject({ timeoutMs: 2_145_600_000 });
  });
  test.each([
    ["foo", "4:5 the step is not of the form"],
    ["foo)(", "4:5 the step is not of the form"],
    ["(op.x)", "4:5 the step is not of the form"],
    ["a( )", "4:5 the step is not of the form"],
    ["when ", "4:5 the when has no condition"],
    ["read(op.x) timeout 5 retry 2", "4:24 timeout takes a duration"],
    ["a(b) timeout", "4:10 timeout takes a duration"],
    ["a(b) timeout 5 s", "4:18 timeout takes a duration"],
    ["a(b) timeout 597h", "4:18 timeout takes a duration"],
    ["a(b) retry x", "4:16 retry takes a whole number"],
    ["a(b) retry 2147483648", "4:16 retry takes"],
    ["a(b) retry -1", "4:16 retry takes"],
    ["a(b) retry 1 every", "4:18 every takes a duration"],
    ["a(b) retry 1 every 1 s", "4:24 every takes"],
    ["a(b) every 1s", "4:10 behind ID(TARGET)"],
    ["a(b) polcy p", "4:10 behind ID(TARGET)"],
    ["a(b) policy p/q", "4:17 policy takes the name"],
    ["a(b) retry 1 retry 2", "4:18 the option retry is given twice"],
    ["a(b) 🎉 x", "4:10 behind ID(TARGET)"],
  ])("%s", (header, issue) => {
    expect(issueOf(withSteps(`  - ${header}:`))).toStartWith(issue);
  });
});

describe("steps", () => {
  const names = (steps: readonly Step[]): unknown =>
    steps.map((step) =>
      step.kind === "call"
        ? step.onFailure === undefined
          ? step.id.text
          : { [step.id.text]: names(step.onFailure.steps), finish: step.onFailure.finish }
        : { [step.text.text]: names(step.steps) },
    );

  test("bodies are mappings or lists of steps, and nest", () => {
    const text = withSteps(
      "  - a(x):",
      "  - on failure:",
      "      p(x):",
      "      on failure finish:",
      "        - q(x):",
      '  - when $input.a == "x":',
      "      b(x):",
      "        k: v",
      '      when $input.a in ["y"]:',
      "        - c(x):",
      "        - on failure:",
      "  - when nonsense:",
    );
    expect(names(fileOf(text).steps)).toEqual([
      { a: [{ p: ["q"], finish: true }], finish: false },
      { '$input.a == "x"': ["b", { '$input.a in ["y"]': [{ c: [], finish: false }] }] },
      { nonsense: [] },
    ]);
  });
  test("of an item that holds several steps only the first is one", () => {
    const { steps, dropped } = fileOf(withSteps("  - ", "    a(x):", "    b(y):", "    loose"));
    expect(names(steps)).toEqual(["a"]);
    expect(dropped).toEqual([
      { text: "b(y)", at: 54 },
      { text: "loose", at: 64 },
    ]);
  });
  test("of a step whose header is written twice in a body the last counts", () => {
    const [when] = fileOf(
      withSteps("  - when x:", "      a(x):", "        k: 1", "      b(x):", "      a(x):", "        k: 2"),
    ).steps;
    expect(names(when?.kind === "when" ? when.steps : [])).toEqual(["a", "b"]);
    expect(when).toMatchObject({ steps: [{ args: { entries: [{ key: "k", value: { text: "2" } }] } }, {}] });
  });
  test.each([
    [["  - foo"], "4:5 an item of steps"],
    [["  - a(x): 1"], "4:5 an item of steps"],
    [["  - ", "    - a(x):"], "5:5 an item of steps"],
    [["  - ", "    foo"], "5:5 a step ends in a colon"],
    [["  - when x:", "      foo"], "5:7 a step ends in a colon"],
    [["  - when x:", "      a(x): 1"], "5:13 the arguments of a step"],
    [["  - when x:", "      when y: z"], "5:15 the steps of a body"],
    [["  - on failure:", "      a(x):"], "4:5 'on failure' stands directly behind"],
    [["  - when x:", "  - on failure:"], "5:5 'on failure' stands"],
    [["  - a(x):", "  - on failure:", "  - on failure finish:"], "6:5 'on failure finish' stands"],
    [["  - when x:", "      on failure:"], "5:7 'on failure' stands"],
    [["  - a(x):", "      - 1"], "5:7 the arguments of a step"],
    [["  - a(x):", "      k: 1", "      foo"], "6:7 an argument is of the form"],
  ])("%j", (lines, issue) => {
    expect(issueOf(withSteps(...lines))).toStartWith(issue);
  });
});

describe("the file", () => {
  test("has inputs, outputs, a time limit and triggers", () => {
    const text = `timeout: 30s\ninputs:\n  a: string\n  b: int?\n  a: bool\ntriggers:\n  cron: x\n${withSteps("  - a(b):")}\noutputs:\n  r:\n    s: 1\nother: x`;
    expect(fileOf(text)).toMatchObject({
      timeoutMs: 30_000,
      version: { text: "dsl/v0" },
      workflow: { text: "w" },
      inputs: [{ name: "a", type: { text: "bool" } }, { name: "b" }],
      outputs: [{ key: "r", value: { kind: "mapping" } }],
      triggers: { kind: "mapping" },
      layout: { start: 0 },
    });
  });
  test.each([
    ["a: 1\na: 2", "2:1 the key a is there twice"],
    ["# x\nversion: 1\nfoo", "3:1 a line of the file itself"],
    ["# x\nworkflow: w", "2:1 the key version is missing"],
    ["version: v", "1:1 the key workflow is missing"],
    ["version: v\nworkflow:\n  a: 1", "3:3 workflow is a text"],
    ["version: v\nworkflow: w\ntimeout: 5\ninputs: x", "3:10 timeout is a duration"],
    ["version: v\nworkflow: w\ntimeout:", "3:9 timeout is a duration"],
    ["version: v\nworkflow: w\noutputs: x\ninputs:\n  - a", "5:3 inputs is a mapping"],
    ["version: v\nworkflow: w\ninputs:\n  a:\n  b", "4:5 the type of input a"],
    ["version: v\nworkflow: w\noutputs:\n  r", "4:3 a line of outputs"],
    ["version: v\nworkflow: w\ntriggers: x\nsteps: x", "4:8 steps is a list"],
    ["version: v\nworkflow: w\ntriggers: x\nsteps:\n  - a(b):", "3:11 triggers is a mapping"],
    ["version: v\nworkflow: w\nsteps:", "3:7 steps is a list"],
  ])("%j", (text, issue) => {
    expect(issueOf(text)).toStartWith(issue);
  });
});

test("vectors/wdl_compile.jsonl: every parse error and no other", () => {
  const lines = readFileSync(join(import.meta.dir, "../../../testdata/vectors/wdl_compile.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  for (const line of lines) {
    const { name, wdl, lint } = JSON.parse(line);
    const result = read(wdl);
    const { line: row, column, level, code } = "issue" in result ? publicIssue(result.issue) : {};
    const expected = lint.filter((finding: unknown[]) => finding[3] === "parse-error");
    expect([name, "issue" in result ? [[row, column, level, code]] : []]).toEqual([name, expected]);
  }
  expect(lines).toHaveLength(49);
});

describe("hostile files", () => {
  test("blocks that are nested 2,000 deep meet no limit", () => {
    const lines = Array.from({ length: 2000 }, (_, depth) => `${" ".repeat(4 + depth)}when $input.a == "x":`);
    expect(fileOf(withSteps("  - when x:", ...lines)).steps).toHaveLength(1);
  });
  test("20,000 steps are read in a moment", () => {
    const text = withSteps(...Array.from({ length: 20_000 }, (_, i) => `  - s${i}(op.x) retry 2:\n      v: ${i}`));
    const start = Bun.nanoseconds();
    expect(fileOf(text).steps).toHaveLength(20_000);
    expect((Bun.nanoseconds() - start) / 1e6).toBeLessThan(2000);
  });
});
