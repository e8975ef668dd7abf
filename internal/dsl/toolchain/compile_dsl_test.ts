import { describe, expect, test } from "bun:test";
import { compileDsl, DslError, planDsl } from "./compile_dsl.ts";

const WDL = "version: dsl/v0\nworkflow: w\nsteps:\n  - a(policy.apply) policy p:\n      values:\n";
const PDL = "version: pdl/v0\narms:\nevaluate:\nemit:\n  r: 1\n";
const FILES = [
  { path: "f/w.wdl", text: WDL },
  { path: "p/p.pdl", text: PDL },
];

describe("compileDsl", () => {
  test("gives documents by path, IR and manifest only if they are asked for", () => {
    const { ok, files, issues } = compileDsl(FILES, { lint: false });
    expect([ok, issues, Object.keys(files)]).toEqual([true, [], ["policies/p.json", "flows/w.yaml"]]);
    const ir = compileDsl(FILES, { emitIr: true, lint: false, now: "2026-01-01T00:00:00Z" }).files;
    expect(ir["manifest.json"]).toMatchObject([{ name: "w", generated_at: "2026-01-01T00:00:00Z", policyRef: "p" }]);
    expect(ir["flows/w.ir.json"]).toMatchObject({
      constants: { policy: { policy: { id: "p", metadata: { dsl: { source: "p/p.pdl" } } } } },
    });
  });
  test("looks for policies among its files only, and gives all or none", () => {
    const { ok, files, issues } = compileDsl(FILES.slice(0, 1), { lint: false });
    expect([ok, files]).toEqual([false, {}]);
    expect(issues).toEqual([
      { path: "f/w.wdl", code: "unknown-policy", level: "error", line: 4, column: 28, message: expect.any(String) },
    ]);
  });
  test("leaves other files out with a warning, and refuses half a character", () => {
    expect(compileDsl([...FILES, { path: "x.txt", text: "" }], { lint: false })).toMatchObject({
      ok: true,
      issues: [{ path: "x.txt", code: "W_DSL_SKIPPED", level: "warning", line: 0, column: 0 }],
    });
    expect(compileDsl([{ path: "a.wdl", text: `${WDL}\ud800` }])).toMatchObject({
      ok: false,
      issues: [{ code: "read-error" }],
    });
  });
});

describe("planDsl", () => {
  test("gives the plan of a flow that needs no policy to be there", () => {
    expect(planDsl({ path: "f/w.wdl", text: WDL })).toMatchObject({ workflow: "w", entry: "a", source: "f/w.wdl" });
  });
  test("throws what is wrong with a file that cannot be read", () => {
    const act = () => planDsl({ path: "a.wdl", text: "x" });
    expect(act).toThrow(DslError);
    expect(act).toThrow("a.wdl:1:1: parse-error");
  });
});

describe("hostile files are linted, compiled and planned in time with their length", () => {
  const head = "version: dsl/v0\nworkflow: w\ninputs:\n  a: string\nsteps:\n";
  const nested = (count: number, line: string) =>
    Array.from({ length: count }, (_, depth) => `${" ".repeat(6 + depth)}${line}\n`).join("");
  test.each([
    ["5,000 steps", Array.from({ length: 5_000 }, (_, i) => `  - s${i}(op.x):\n      v: $input.a\n`).join("")],
    [
      "10,000 arguments",
      `  - s(op.x):\n      v: $input.a\n${Array.from({ length: 10_000 }, (_, i) => `      k${i}: v\n`).join("")}`,
    ],
    [
      "10,000 literals",
      `  - when $input.a in [${Array.from({ length: 10_000 }, (_, i) => `"${i}"`).join(", ")}]:\n      s(op.x):\n`,
    ],
    [
      "1,500 nested branches",
      `  - when $input.a == "x":\n${nested(1500, 'when $input.a == "x":')}${" ".repeat(1506)}s(op.x):\n`,
    ],
    ["a line of 500 kB", `  - s(op.x):\n      v: ${"${input.a} ".repeat(50_000)}.\n`],
  ])("%s", (_, steps) => {
    const start = Bun.nanoseconds();
    const file = { path: "w.wdl", text: head + steps };
    expect(compileDsl([file], { emitIr: true })).toMatchObject({ ok: true, issues: [] });
    expect(planDsl(file).nodes.length).toBeGreaterThan(0);
    // What takes time with the square of its length needs ten times as much at least.
    expect((Bun.nanoseconds() - start) / 1e6).toBeLessThan(5000);
  });
});
