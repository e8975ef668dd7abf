import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { dslSource, readWdl } from "../syntax/mod.ts";
import { planDot } from "./plan_dot.ts";
import { type Plan, planFlow } from "./plan_flow.ts";

const TESTDATA = resolve(import.meta.dir, "../../../testdata");

function planOf(text: string, path = "f.wdl"): Plan | null {
  const reading = readWdl(dslSource(path, text));
  return "file" in reading ? planFlow(reading.file) : null;
}

/** `from -label-> to` of each edge. */
function edges(...steps: string[]): readonly string[] {
  const plan = planOf(["version: dsl/v0", "workflow: w", "steps:", ...steps].join("\n"));
  return (plan?.edges ?? []).map(({ from, to, label }) => `${from} -${label ?? ""}-> ${to}`);
}

test("flows row 1: the plan of each row of wdl_compile.jsonl", () => {
  const lines = readFileSync(join(TESTDATA, "vectors/wdl_compile.jsonl"), "utf8").trimEnd().split("\n");
  for (const line of lines) {
    const { name, wdl, plan } = JSON.parse(line);
    expect([name, planOf(wdl)]).toEqual([name, plan]);
  }
});

test("flows row 10: the cold store has 5 nodes and 4 edges", () => {
  const plan = planOf(readFileSync(join(TESTDATA, "examples/coldstore/coldstore.wdl"), "utf8"), "coldstore.wdl");
  expect(plan).toMatchObject({ entry: "read", nodes: { length: 5 }, edges: { length: 4 } });
});

describe("edges", () => {
  test("a handler is entered on failure; behind it come the step and what the handler left", () => {
    expect(edges("  - a(x):", "  - on failure:", "      h(x):", "  - b(x):")).toEqual([
      "a -on failure-> h",
      "a --> b",
      "h --> b",
    ]);
  });
  test("behind a finishing handler comes the step alone", () => {
    expect(edges("  - a(x):", "  - on failure finish:", "      h(x):", "  - b(x):")).toEqual([
      "a -on failure-> h",
      "a --> b",
    ]);
  });
  test("a condition leads into its body and around it", () => {
    expect(edges("  - when $x:", "      when $y:", "        a(x):", "  - b(x):")).toEqual([
      "when_0 -if $x-> when_1",
      "when_1 -if $y-> a",
      "when_0 -else not($x)-> b",
      "when_1 -else not($y)-> b",
      "a --> b",
    ]);
  });
  test("an empty body is only passed by", () => {
    expect(edges("  - when $x:", "  - a(x):", "  - on failure:", "  - b(x):")).toEqual([
      "when_0 -else not($x)-> a",
      "a --> b",
    ]);
  });
});

test("the drawing has a line a node and edge, with quotes and backslashes escaped", () => {
  const lines = [
    "version: dsl/v0",
    'workflow: w"',
    "steps:",
    '  - when $input.a == "x\\\\":',
    "      a(op.x):",
    "  - b(y):",
  ];
  const plan = planOf(lines.join("\n"));
  expect(plan && planDot(plan)).toBe(
    `digraph "w\\"" {
  "when_0" [label="$input.a == \\"x\\\\\\\\\\"\\n[condition]"];
  "a" [label="a\\nop.x"];
  "b" [label="b\\ny"];
  "when_0" -> "a" [label="if $input.a == \\"x\\\\\\\\\\""];
  "when_0" -> "b" [label="else not($input.a == \\"x\\\\\\\\\\")"];
  "a" -> "b";
}
`,
  );
});
