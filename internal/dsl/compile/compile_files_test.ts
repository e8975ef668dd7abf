import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { checkJson } from "../../value/mod.ts";
import { type DslFile, dslSource, publicIssue, readPdl, readWdl } from "../syntax/mod.ts";
import { artifactText } from "./artifact.ts";
import { type Compiled, compileFiles } from "./compile_files.ts";

const TESTDATA = resolve(import.meta.dir, "../../../testdata");
const rows = (name: string) =>
  readFileSync(join(TESTDATA, "vectors", name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** The files that can be read; undefined if one cannot. */
function filesOf(texts: Readonly<Record<string, string>>): readonly DslFile[] | undefined {
  const readings = Object.entries(texts).map(([path, text]) =>
    path.endsWith(".wdl") ? readWdl(dslSource(path, text)) : readPdl(dslSource(path, text)),
  );
  const files = readings.flatMap((reading) => ("file" in reading ? [reading.file] : []));
  return files.length === readings.length ? files : undefined;
}

function compiled(texts: Readonly<Record<string, string>>, emitIr = false): Compiled {
  const files = filesOf(texts);
  if (files === undefined) throw new Error("a file cannot be read");
  return compileFiles(files, { emitIr, generatedAt: "2026-01-01T00:00:00Z" });
}

/** The documents by path, read back from their texts. */
function documents({ artifacts }: Compiled): Record<string, unknown> {
  return Object.fromEntries(
    artifacts.map((artifact) => {
      const text = artifactText(artifact);
      return [artifact.path, artifact.path.endsWith(".yaml") ? parse(text) : JSON.parse(text)];
    }),
  );
}

/** `path:line:column code`. */
function issues(texts: Readonly<Record<string, string>>, emitIr = false): readonly string[] {
  return compiled(texts, emitIr)
    .issues.map(publicIssue)
    .map(({ path, line, column, code }) => `${path}:${line}:${column} ${code}`);
}

const flow = (...lines: string[]) => ["version: dsl/v0", "workflow: w", "steps:", ...lines].join("\n");
const POLICY = "version: pdl/v0\narms:\nevaluate:\nemit:\n";

describe("flows row 1: vectors", () => {
  test("wdl_compile.jsonl: compile and compile --emit-ir give the documents of each row", () => {
    for (const { name, wdl, pdl, compile, compile_ir } of rows("wdl_compile.jsonl")) {
      const files = filesOf({ "f.wdl": wdl, ...(pdl === null ? {} : { "f.pdl": pdl }) });
      const seen = (emitIr: boolean, kinds: readonly string[]) => {
        if (files === undefined) return { ok: false, files: {} };
        const result = compileFiles(files, { emitIr, generatedAt: "<TS>" });
        // "<TS>" is no time, so that its place is all that the check of the IR may complain about.
        const ok = result.issues.length === 0;
        const artifacts = result.artifacts.filter(({ kind }) => kinds.includes(kind));
        return { ok, files: documents({ ...result, artifacts }) };
      };
      expect([name, seen(false, ["policy", "flow", "trigger"])]).toEqual([name, compile]);
      if (files === undefined) expect([name, compile_ir.ok]).toEqual([name, false]);
      else {
        const time = "2026-01-01T00:00:00Z";
        const result = compileFiles(files, { emitIr: true, generatedAt: time });
        const artifacts = result.artifacts.filter(({ kind }) => kind === "ir" || kind === "manifest");
        const text = JSON.stringify(documents({ ...result, artifacts })).replaceAll(time, "<TS>");
        expect([name, { ok: result.issues.length === 0, files: JSON.parse(text) }]).toEqual([name, compile_ir]);
      }
    }
  });
  test("pdl_compile.jsonl: the policy document of each row", () => {
    for (const { name, pdl, ok, policy } of rows("pdl_compile.jsonl")) {
      const files = filesOf({ "p.pdl": pdl });
      const result = files && compileFiles(files, { emitIr: false, generatedAt: "" });
      expect([name, files !== undefined && result?.issues.length === 0]).toEqual([name, ok]);
      expect([name, result === undefined ? null : documents(result)["policies/p.json"]]).toEqual([name, policy]);
    }
  });
});

test("flows row 2: examples/coldstore is compiled to the bytes of expected/", () => {
  const folder = join(TESTDATA, "examples/coldstore");
  const texts = Object.fromEntries(
    readdirSync(folder)
      .filter((name) => /\.[wp]dl$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );
  const { artifacts } = compiled(texts, true);
  expect(artifacts.map(({ kind, path }) => [kind, path])).toEqual([
    ["policy", "policies/limits.json"],
    ["flow", "flows/coldstore.monitor.yaml"],
    ["manifest", "manifest.json"],
    ["ir", "flows/coldstore.monitor.ir.json"],
  ]);
  for (const artifact of artifacts) {
    expect(artifactText(artifact)).toBe(readFileSync(join(folder, "expected", artifact.path), "utf8"));
  }
});

describe("policies", () => {
  test("flows row 6: a flow without one has policyRef none and the policy {}", () => {
    const ir = documents(compiled({ "f.wdl": flow("  - a(op.x):") }, true))["flows/w.ir.json"];
    expect(ir).toMatchObject({ constants: { policyRef: "none", policy: {} } });
  });
  test("flows row 7: the second of two is in constants.policy.policies, and its node names it", () => {
    const wdl = flow(
      "  - decide(policy.apply) policy a:",
      "  - again(policy.apply) policy b:",
      "  - more(policy.apply) policy a:",
    );
    const ir = documents(compiled({ "f.wdl": wdl, "a.pdl": POLICY, "b.pdl": POLICY, "c.pdl": POLICY }, true))[
      "flows/w.ir.json"
    ];
    expect(ir).toMatchObject({
      constants: { policyRef: "a", policy: { policy: { id: "a" }, policies: { b: { id: "b", strategy: "pdl/v0" } } } },
      metadata: { sources: { "f.wdl": expect.any(String), "a.pdl": expect.any(String), "b.pdl": expect.any(String) } },
    });
    const { graph, constants } = ir as {
      graph: { nodes: { policy?: string }[] };
      constants: { policy: { policies: object } };
    };
    expect(graph.nodes.map(({ policy }) => policy)).toEqual([undefined, "b", undefined, undefined, undefined]);
    expect(Object.keys(constants.policy.policies)).toEqual(["b"]);
  });
  test("a step of policy.* without an option gets the policy of the file's own stem, any other step none", () => {
    const wdl = flow("  - a(policy.apply):", "  - b(op.x) policy x:", "  - c(policy.other):");
    const document = documents(compiled({ "d/f.wdl": wdl, "e/f.pdl": POLICY, "x.pdl": POLICY }))["flows/w.yaml"];
    expect((document as { flow: { steps: { config: object }[] } }).flow.steps.map(({ config }) => config)).toEqual([
      { call: { target: "policy.apply", args: {} }, policy_ref: "policies/f.json", policy_id: "f" },
      { call: { target: "op.x", args: {} } },
      { call: { target: "policy.other", args: {} }, policy_ref: "policies/f.json", policy_id: "f" },
      { outputs: {} },
      undefined,
    ] as object[]);
  });
  test("alone they make an empty manifest", () => {
    expect(documents(compiled({ "a b.pdl": POLICY }, true))).toEqual({
      "policies/a-b.json": expect.anything(),
      "manifest.json": [],
    });
  });
});

describe("graphs", () => {
  const edges = (...lines: string[]): readonly string[] => {
    const ir = compiled({ "f.wdl": flow(...lines) }, true).artifacts.find(({ kind }) => kind === "ir")?.document;
    const { graph } = ir as { graph: { edges: { from: string; to: string; on: string; case?: string }[] } };
    return graph.edges.map(
      ({ from, to, on, case: literal }) => `${from} ${on === "failure" ? "!" : ""}${literal ?? ""}> ${to}`,
    );
  };
  test("a handler goes on with the next step, a finishing one to the outputs", () => {
    expect(
      edges(
        "  - a(x):",
        "  - on failure:",
        "      h(x):",
        "  - b(x):",
        "  - on failure finish:",
        "      e(x):",
        "  - c(x):",
      ),
    ).toEqual(["a !> h", "b !> e", "a > b", "h > b", "b > c", "c > emit_0", "e > emit_0", "emit_0 > finish_1"]);
  });
  test("a body ends where its last step ends, then where its switch finds no case", () => {
    const body = [
      '  - when $input.a == "x":',
      '      when $input.b in ["y", "y"]:',
      "        p(x):",
      "        on failure:",
      "          q(x):",
      "  - r(x):",
    ];
    expect(edges(...body)).toEqual([
      "p !> q",
      "when_1 y> p",
      "when_1 y> p",
      "when_0 x> when_1",
      "p > r",
      "q > r",
      "when_1 _DEFAULT> r",
      "when_0 _DEFAULT> r",
      "r > emit_2",
      "emit_2 > finish_3",
    ]);
  });
  test("a generated id passes over those of earlier steps only", () => {
    expect(edges("  - when_0(x):", '  - when $input.a == "x":', "      emit_2(x):")).toContain("emit_2 > emit_3");
    expect(issues({ "f.wdl": flow('  - when $input.a == "x":', "      when_0(x):") })).toEqual([
      "f.wdl:5:7 duplicate-step-id",
    ]);
  });
  test("a literal _DEFAULT keeps its case", () => {
    const ir = documents(compiled({ "f.wdl": flow('  - when $input.a == "_DEFAULT":', "      b(x):") }, true))[
      "flows/w.ir.json"
    ];
    expect(ir).toMatchObject({ graph: { nodes: [{ with: { cases: { _DEFAULT: "b" } } }, {}, {}, {}] } });
  });
  test("bodies that are nested 800 deep meet no limit", () => {
    const lines = Array.from({ length: 800 }, (_, depth) => `${" ".repeat(4 + depth)}when $input.a == "x":`);
    const deepest = `${" ".repeat(804)}a(x):`;
    expect(edges('  - when $input.a == "x":', ...lines, deepest)).toHaveLength(801 * 2 + 2);
  });
});

describe("compile errors", () => {
  test.each([
    ["step id twice", [flow("  - a(x):", "  - a(y):")], ["0.wdl:5:5 duplicate-step-id"]],
    ["empty when", [flow("  - a(x):", '  - when $input.a == "x":')], ["0.wdl:5:5 empty-branch"]],
    ["empty handler", [flow("  - a(x):", "  - on failure:")], ["0.wdl:5:5 empty-branch"]],
    ["bad condition", [flow("  - when $input.a >= 3:", "      a(x):")], ["0.wdl:4:10 bad-condition"]],
    [
      "all of one file",
      [flow("  - when z:", "  - a(x):", "  - a(x):")],
      ["0.wdl:4:5 empty-branch", "0.wdl:4:10 bad-condition", "0.wdl:6:5 duplicate-step-id"],
    ],
    ["named policy that is not there", [flow("  - a(policy.apply) policy nope:")], ["0.wdl:4:28 unknown-policy"]],
    ["two flows of one name", [flow("  - a(x):"), flow("  - a(x):")], ["1.wdl:2:11 duplicate-flow"]],
  ])("%s", (_, texts, expected) => {
    expect(issues(Object.fromEntries(texts.map((text, i) => [`${i}.wdl`, text])))).toEqual(expected);
  });
  test("two policies of one stem, two outputs of one file name", () => {
    expect(issues({ "a/p.pdl": POLICY, "b/p.PDL": `# second\n${POLICY}` })).toEqual(["b/p.PDL:2:1 duplicate-policy"]);
    expect(issues({ "p q.pdl": POLICY, "p-q.pdl": POLICY })).toEqual(["p-q.pdl:1:1 duplicate-output"]);
    const other = flow("  - a(x):").replace("workflow: w", "workflow: w!");
    expect(issues({ "a.wdl": flow("  - a(x):"), "b.wdl": other })).toEqual(["b.wdl:2:11 duplicate-output"]);
  });
  test("an identifier that no IR can have, with the place of the flow or step", () => {
    const wdl = flow("  - a b(x):").replace("workflow: w", "workflow: w w");
    expect(issues({ "a.wdl": wdl })).toEqual([]);
    expect(new Set(issues({ "a.wdl": wdl }, true))).toEqual(
      new Set(["a.wdl:2:11 E_IR_SCHEMA", "a.wdl:4:5 E_IR_SCHEMA"]),
    );
  });
  test("a value or statement that is nested deeper than documents can be", () => {
    const nested = (count: number, indent: number, line: string) =>
      Array.from({ length: count }, (_, depth) => `${" ".repeat(indent + depth)}${line}`);
    const deepest = { "a.wdl": flow("  - a(x):", ...nested(239, 6, "k:")) };
    for (const { document } of compiled(deepest, true).artifacts) expect(checkJson(document)).toBe(document);
    expect(issues(deepest, true)).toEqual([]);
    expect(issues({ "a.wdl": flow("  - a(x):", ...nested(240, 6, "k:")) })).toEqual(["a.wdl:244:248 E_VALUE_DEPTH"]);
    const policy = (count: number) =>
      ["version: pdl/v0", "arms:", "evaluate:", ...nested(count, 1, "if x:"), "emit:"].join("\n");
    const pair = {
      "a.pdl": policy(121),
      "b.pdl": policy(121),
      "f.wdl": flow("  - a(policy.apply) policy a:", "  - b(policy.apply) policy b:"),
    };
    for (const { document } of compiled(pair, true).artifacts) expect(checkJson(document)).toBe(document);
    expect(issues(pair, true)).toEqual([]);
    expect(issues({ "a.pdl": policy(122) })).toEqual(["a.pdl:125:123 E_VALUE_DEPTH"]);
  });
});
