import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { oneTarget, runPlumb, type Target, tempFiles } from "../../internal/testkit/mod.ts";

const flow = (...lines: string[]) => ["version: dsl/v0", "workflow: w", ...lines, ""].join("\n");
const POLICY = "version: pdl/v0\narms:\nevaluate:\nemit:\n";

describe.each(oneTarget().map((target): [string, Target] => [target.name, target]))(
  "plumb check of flows and policies, %s",
  (_, target) => {
    const check = (cwd: string, ...args: string[]) => runPlumb(target, ["check", ...args], { cwd });

    test("a finding of lint is E_DSL_… or W_DSL_…", () => {
      const cwd = tempFiles({
        "a.wdl": flow("inputs:", "  store: string", "steps:", "  - r(policy.apply) policy p:", "      v: $input.stoer"),
        "b/p.pdl": `${POLICY}  r: WRITE\n`,
      });
      expect(check(cwd, ".")).toEqual({
        stdout:
          "a.wdl:4:3: warning W_DSL_UNUSED_INPUT input 'store' is never used\n" +
          "a.wdl:7:10: error E_DSL_MISSING_INPUT input 'stoer' is not declared (help: store)\n" +
          "b/p.pdl:5:6: error E_DSL_BARE_WORD_EMIT 'WRITE' is no variable; a text is written in quotes (help: \"WRITE\")\n",
        stderr: "",
        exit: 1,
      });
      const [first = ""] = check(cwd, "a.wdl", "b", "--json").stdout.split("\n");
      expect(JSON.parse(first)).toMatchObject({
        schema: "diag.v1",
        level: "warn",
        code: "W_DSL_UNUSED_INPUT",
        file: "a.wdl",
        pos: { line: 4, column: 3 },
      });
    });

    test("policies are those of the call and of the folders near the flow", () => {
      const wdl = flow("steps:", "  - r(policy.apply) policy p:");
      const cwd = tempFiles({ "flows/a.wdl": wdl, "policies/p.pdl": POLICY, "x/far/a.wdl": wdl, "FAR.PDL": POLICY });
      expect(check(cwd, "flows")).toEqual({ stdout: "", stderr: "", exit: 0 });
      expect(check(cwd, "x").stdout).toStartWith("x/far/a.wdl:4:28: error E_DSL_UNKNOWN_POLICY ");
      expect(check(cwd, "x", "flows", "FAR.PDL", "policies").stdout).toBe(
        "FAR.PDL:1:1: warning W_DSL_UNATTACHED_POLICY no flow uses policy FAR\n",
      );
    });

    test("a parse error and the shipped examples", () => {
      const cwd = tempFiles({ "a.wdl": "" });
      expect(check(cwd, "a.wdl").stdout).toStartWith("a.wdl:1:1: error E_DSL_PARSE_ERROR ");
      const examples = resolve(import.meta.dir, "../../testdata/examples");
      for (const path of ["coldstore/coldstore.wdl", "coldstore/limits.pdl", "hello/flows", "hello/policies"]) {
        expect([path, check(examples, path)]).toEqual([path, { stdout: "", stderr: "", exit: 0 }]);
      }
    });
  },
);
