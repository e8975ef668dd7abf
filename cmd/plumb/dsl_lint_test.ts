import { describe, expect, test } from "bun:test";
import { cpSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneTarget, runPlumb, type Target, tempDir, tempFiles } from "../../internal/testkit/mod.ts";

const EXAMPLES = resolve(import.meta.dir, "../../testdata/examples");
const flow = (...lines: string[]) => ["version: dsl/v0", "workflow: w", ...lines, ""].join("\n");
const POLICY = "version: pdl/v0\narms:\nevaluate:\nemit:\n";

describe.each(oneTarget().map((target): [string, Target] => [target.name, target]))(
  "plumb dsl lint, %s",
  (_, target) => {
    const lint = (cwd: string, ...args: string[]) => runPlumb(target, ["dsl", "lint", ...args], { cwd });

    test("flows row 3: the cold store has no issues", () => {
      const cwd = tempDir();
      cpSync(join(EXAMPLES, "coldstore"), join(cwd, "C"), { recursive: true });
      expect(lint(cwd, "C")).toEqual({ stdout: "No issues found\n", stderr: "", exit: 0 });
    });

    test("flows row 3: an unknown step in a when whose key is at 7:5 is told at 7:10", () => {
      const lines = [
        "inputs:",
        "  a: string",
        "steps:",
        "  - r(op.x):",
        '  - when $step.zz.k == "x":',
        "      s(op.y):",
      ];
      const cwd = tempFiles({ "f.wdl": flow(...lines, "        v: $input.a") });
      expect(lint(cwd, "f.wdl")).toEqual({
        stdout: "f.wdl:7:10: error unknown-step-ref there is no step 'zz'\n",
        stderr: "",
        exit: 1,
      });
    });

    test("a warning is exit 0, with --strict exit 1", () => {
      const cwd = tempFiles({ "f.wdl": flow("inputs:", "  a: string", "steps:", "  - r(op.x):") });
      const stdout = "f.wdl:4:3: warning unused-input input 'a' is never used\n";
      expect(lint(cwd, ".")).toEqual({ stdout, stderr: "", exit: 0 });
      expect(lint(cwd, ".", "--strict")).toEqual({ stdout, stderr: "", exit: 1 });
    });

    test("--json is one object, whatever is found", () => {
      const cwd = tempFiles({ "f.wdl": flow("steps:", "  - r(op.x):", "      v: $input.a"), "g.wdl": "" });
      const { stdout, exit } = lint(cwd, "--json", ".");
      expect(exit).toBe(1);
      expect(JSON.parse(stdout)).toEqual({
        issues: [
          {
            path: "f.wdl",
            code: "missing-input",
            message: "input 'a' is not declared",
            level: "error",
            line: 5,
            column: 10,
          },
          { path: "g.wdl", code: "parse-error", message: expect.any(String), level: "error", line: 0, column: 0 },
        ],
        summary: { errors: 2, warnings: 0 },
      });
      writeFileSync(join(cwd, "f.wdl"), flow("steps:", "  - r(op.x):"));
      const clean = '{"issues":[],"summary":{"errors":0,"warnings":0}}\n';
      expect(lint(cwd, "f.wdl", "--json")).toEqual({ stdout: clean, stderr: "", exit: 0 });
    });

    test("a policy is found among the files, beside the flow and in policies beside its folder", () => {
      const steps = (name: string) => flow("steps:", `  - r(policy.apply) policy ${name}:`);
      const cwd = tempFiles({
        "flows/a.wdl": steps("beside"),
        "flows/b.wdl": steps("near"),
        "flows/c.wdl": steps("far"),
        "flows/beside.pdl": POLICY,
        "policies/near.pdl": POLICY,
        "else/far.pdl": POLICY,
      });
      const unknown = "flows/c.wdl:4:28: error unknown-policy";
      expect(lint(cwd, "flows/a.wdl", "flows/b.wdl").stdout).toBe("No issues found\n");
      expect(lint(cwd, "flows/c.wdl").stdout).toStartWith(unknown);
      expect(lint(cwd, "flows", "else").stdout).toBe("No issues found\n");
    });

    test("a file that is no text is a read-error, and the others are looked through all the same", () => {
      const cwd = tempFiles({ "p.pdl": POLICY.replace("v0", "v1"), "q.pdl": POLICY });
      writeFileSync(join(cwd, "f.wdl"), new Uint8Array([0x76, 0xff]));
      const { stdout, exit } = lint(cwd, ".");
      expect(exit).toBe(1);
      expect(stdout.split("\n").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
        "f.wdl: error read-error",
        "p.pdl:1:10: error unsupported-version",
        "",
      ]);
    });

    test("a file given by name is looked through whatever its suffix; a folder without any is exit 2", () => {
      const cwd = tempFiles({ "rules.txt": `${POLICY}  r: WRITE\n`, "none/x.md": "" });
      expect(lint(cwd, "rules.txt").stdout).toStartWith("rules.txt:5:6: error bare-word-emit");
      expect(lint(cwd, "none")).toMatchObject({
        stdout: "",
        stderr: expect.stringContaining("E_DSL_NO_FILES"),
        exit: 2,
      });
      expect(lint(cwd, "gone.wdl").exit).toBe(2);
    });

    test("on a terminal with colours it shows the line and what was meant", () => {
      const script = Bun.which("script");
      if (script === null) return;
      const cwd = tempFiles({ "f.wdl": flow("timeot: 5s", "steps:", "  - r(op.x):") });
      const shell = [...target.argv, "dsl", "lint", "f.wdl"].map((word) => `'${word}'`).join(" ");
      const { stdout } = Bun.spawnSync([script, "-qec", shell, "/dev/null"], {
        cwd,
        env: { ...process.env, NO_COLOR: "1" },
      });
      const lines = stdout.toString().replaceAll("\r", "").trimEnd().split("\n");
      expect(lines.slice(1)).toEqual(["  3 | timeot: 5s", "    | ^^^^^^", "  help: timeout"]);
    });
  },
);
