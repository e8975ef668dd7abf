import { describe, expect, test } from "bun:test";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneTarget, runPlumb, type Target, tempDir, tempFiles } from "../../internal/testkit/mod.ts";

const COLDSTORE = resolve(import.meta.dir, "../../testdata/examples/coldstore");
const flow = (...lines: string[]) => ["version: dsl/v0", "workflow: w", ...lines, ""].join("\n");
const POLICY = 'version: pdl/v0\narms:\nevaluate:\n  a = values.get("é")\nemit:\n  a: a\n';

describe.each(oneTarget().map((target): [string, Target] => [target.name, target]))(
  "plumb dsl testgen, %s",
  (_, target) => {
    const testgen = (cwd: string, ...args: string[]) => runPlumb(target, ["dsl", "testgen", ...args], { cwd });
    const caseOf = (cwd: string, path: string) => JSON.parse(readFileSync(join(cwd, path), "utf8"));

    test("flows row 10: the cold store has 7 cases", () => {
      const cwd = tempDir();
      cpSync(COLDSTORE, join(cwd, "C"), { recursive: true });
      expect(testgen(cwd, "C/coldstore.wdl")).toEqual({
        stdout: "C/coldstore.wdl: generated 7 cases -> fixtures/coldstore\n",
        stderr: "",
        exit: 0,
      });
      const names = readdirSync(join(cwd, "fixtures/coldstore")).sort();
      expect(names).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `case_0${n}.json`));
      expect(caseOf(cwd, "fixtures/coldstore/case_01.json")).toEqual({
        name: "base",
        kind: "wdl",
        source: "C/coldstore.wdl",
        inputs: { store: "sample", probes: ["item1", "item2"], duty: "sample" },
        expectations: { route: {} },
      });
    });

    test("flows row 41: --json is the object of flows §8", () => {
      const cwd = tempDir();
      cpSync(COLDSTORE, cwd, { recursive: true });
      const { stdout, exit } = testgen(cwd, "coldstore.wdl", "--json");
      expect(exit).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        fixtures: [{ source: "coldstore.wdl", kind: "wdl", cases: 7, output_dir: "fixtures/coldstore" }],
      });
    });

    test("--out, --max-cases, and files of one name in one folder", () => {
      const cwd = tempFiles({ "a.wdl": flow("inputs:", "  x: bool", "steps:", "  - r(op.x):"), "p/a.pdl": POLICY });
      expect(testgen(cwd, ".", "--out", "o/t", "--max-cases", "2").stdout).toBe(
        "a.wdl: generated 2 cases -> o/t/a\np/a.pdl: generated 1 cases -> o/t/a\n",
      );
      expect(readdirSync(join(cwd, "o/t/a")).sort()).toEqual(["case_01.json", "case_02.json", "case_03.json"]);
      expect(readFileSync(join(cwd, "o/t/a/case_03.json"), "utf8")).toBe(
        '{\n  "name": "base",\n  "kind": "pdl",\n  "source": "p/a.pdl",\n  "inputs": {\n    "values": {\n      "\\u00e9": 0\n    }\n  },\n' +
          '  "expectations": {\n    "emit": {\n      "a": 0\n    }\n  }\n}',
      );
      expect(testgen(cwd, ".", "--max-cases", "0").exit).toBe(2);
    });

    test("a file that does not compile is told, and nothing is written", () => {
      const cwd = tempFiles({
        "a.wdl": flow("steps:", "  - r(op.x):"),
        "b.wdl": flow("steps:", "  - r(policy.apply) policy gone:"),
        "c.pdl": "",
      });
      const { stdout, stderr, exit } = testgen(cwd, ".");
      expect({ stdout, exit }).toEqual({ stdout: "", exit: 1 });
      expect(stderr.split("\n").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
        "b.wdl:4:28: error unknown-policy",
        "c.pdl: error parse-error",
        "",
      ]);
      expect(existsSync(join(cwd, "fixtures"))).toBe(false);
    });

    test("other files are skipped with a warning, and without any it is exit 2", () => {
      const cwd = tempFiles({ "a.wdl": flow("steps:", "  - r(op.x):"), "b.txt": "x" });
      expect(testgen(cwd, "a.wdl", "b.txt")).toMatchObject({
        exit: 0,
        stderr: expect.stringContaining("W_DSL_SKIPPED"),
      });
      expect(testgen(cwd, "b.txt")).toMatchObject({ exit: 2, stderr: expect.stringContaining("E_DSL_NO_FILES") });
    });
  },
);
