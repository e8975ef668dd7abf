import { describe, expect, test } from "bun:test";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneTarget, runPlumb, type Target, tempDir, tempFiles } from "../../internal/testkit/mod.ts";

const EXAMPLES = resolve(import.meta.dir, "../../testdata/examples");
const EPOCH = { SOURCE_DATE_EPOCH: "1767225600" };

const flow = (name: string, ...steps: string[]) => `version: dsl/v0\nworkflow: ${name}\nsteps:\n${steps.join("\n")}\n`;
const GOOD = flow("good", "  - a(op.x):");
const POLICY = "version: pdl/v0\narms:\nevaluate:\nemit:\n";

const textsIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry): [string, string] => [
        join(entry.parentPath, entry.name).slice(folder.length + 1),
        join(entry.parentPath, entry.name),
      ])
      .map(([name, path]): [string, string] => [name, readFileSync(path, "utf8")])
      .sort(),
  );

describe.each(oneTarget().map((target): [string, Target] => [target.name, target]))(
  "plumb dsl compile, %s",
  (_, target) => {
    const compile = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = EPOCH) =>
      runPlumb(target, ["dsl", "compile", ...args], { cwd, env });

    test("flows row 2: the cold store gives the bytes of expected/, twice, and in another folder", () => {
      const expected = textsIn(join(EXAMPLES, "coldstore/expected"));
      for (const name of ["x", "y z"]) {
        const cwd = join(tempDir(), name);
        cpSync(join(EXAMPLES, "coldstore"), cwd, { recursive: true });
        for (const _ of [1, 2]) {
          expect(compile(cwd, [".", "--emit-ir", "--out", "out"])).toEqual({
            stdout:
              "Wrote artifacts to out:\n  [policy] out/policies/limits.json\n  [flow] out/flows/coldstore.monitor.yaml\n" +
              "  [manifest] out/manifest.json\n  [ir] out/flows/coldstore.monitor.ir.json\n",
            stderr: "",
            exit: 0,
          });
          const { ".plumb-out.json": record, ...written } = textsIn(join(cwd, "out"));
          expect(Object.keys(JSON.parse(record ?? ""))).toEqual(Object.keys(written).sort());
          for (const [path, text] of Object.entries(written))
            expect([path, text]).toEqual([path, expected[path] ?? ""]);
        }
      }
    });

    test("flows row 5: a wrong option is told at its word, a stray handler at its key", () => {
      const cwd = tempFiles({
        "a.wdl": flow("a", "  - read(op.x) timeout 5 retry 2:"),
        "b.wdl": flow("b", "  - on failure:", "      x(y):", "  - a(b):"),
      });
      expect(compile(cwd, ["."])).toEqual({
        stdout: "",
        stderr:
          "a.wdl:4:24: error parse-error timeout takes a duration such as 500ms, 30s, 5m or 1h\n" +
          "b.wdl:4:5: error parse-error 'on failure' stands directly behind the call step that may fail\n",
        exit: 1,
      });
    });

    test("flows row 8: one bad file among three leaves the out directory as it was", () => {
      const cwd = tempFiles({ "a.wdl": GOOD, "out/mine.txt": "mine" });
      compile(cwd, ["."]);
      const before = textsIn(cwd);
      writeFileSync(join(cwd, "b.wdl"), flow("b", "  - a(op.x):", "  - a(op.x):"));
      writeFileSync(join(cwd, "c.wdl"), flow("c", "  - a(op.x):"));
      const { stdout, stderr, exit } = compile(cwd, [".", "--no-lint", "--clean-all", "--yes"]);
      expect({ stdout, stderr, exit }).toEqual({
        stdout: "",
        stderr: "b.wdl:5:5: error duplicate-step-id there is a step a already\n",
        exit: 1,
      });
      for (const [path, text] of Object.entries(before))
        expect([path, readFileSync(join(cwd, path), "utf8")]).toEqual([path, text]);
      expect(readdirSync(join(cwd, "out/flows"))).toEqual(["good.yaml"]);
    });

    test("flows row 9: what was edited is refused until --force", () => {
      const cwd = tempFiles({ "a.wdl": GOOD });
      expect(compile(cwd, ["."], {}).exit).toBe(0);
      expect(compile(cwd, [".", "--emit-ir"], {}).exit).toBe(0);
      writeFileSync(join(cwd, "out/manifest.json"), "[]");
      const refused = compile(cwd, [".", "--emit-ir"], {});
      expect({ ...refused, stderr: refused.stderr.split("\n")[0] }).toEqual({
        stdout: "",
        stderr: "error[E_OUTPUT_EXISTS]: out/manifest.json is there and is not as plumb left it; nothing was written",
        exit: 2,
      });
      expect(readFileSync(join(cwd, "out/manifest.json"), "utf8")).toBe("[]");
      expect(compile(cwd, [".", "--emit-ir", "--force"], {}).exit).toBe(0);
      expect(JSON.parse(readFileSync(join(cwd, "out/manifest.json"), "utf8"))).toMatchObject([{ name: "good" }]);
    });

    test("--json lists the artifacts with their sources", () => {
      const cwd = tempFiles({ "a.wdl": `${GOOD}triggers:\n  cron: \n    cron: x\n`, "p.pdl": POLICY });
      const { stdout, exit } = compile(cwd, ["--json", "a.wdl", "p.pdl", "--emit-ir", "--out=o/p"]);
      expect(exit).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        artifacts: [
          { source: "p.pdl", kind: "policy", id: "p", output: "o/p/policies/p.json" },
          { source: "a.wdl", kind: "flow", id: "good", output: "o/p/flows/good.yaml" },
          { source: "o/p", kind: "trigger", id: "triggers", output: "o/p/triggers.yaml" },
          { source: "o/p", kind: "manifest", id: "flows", output: "o/p/manifest.json" },
          { source: "a.wdl", kind: "ir", id: "good", output: "o/p/flows/good.ir.json" },
        ],
      });
    });

    test("a named policy is taken from beside the flow, else from policies beside its folder", () => {
      const wdl = flow("f", "  - a(policy.apply) policy near:", "  - b(policy.apply) policy far:");
      const cwd = tempFiles({
        "d/flows/f.wdl": wdl,
        "d/flows/near.pdl": POLICY,
        "d/policies/near.pdl": "bad",
        "d/policies/far.pdl": POLICY,
      });
      const { stdout, stderr, exit } = compile(cwd, ["d/flows/f.wdl"]);
      expect([stderr, exit]).toEqual(["", 0]);
      expect(stdout).toContain("[policy] out/policies/near.json\n  [policy] out/policies/far.json");
      expect(JSON.parse(readFileSync(join(cwd, "out/policies/far.json"), "utf8"))).toMatchObject({
        policy: { metadata: { dsl: { source: "d/policies/far.pdl" } } },
      });
    });

    test("files of other suffixes are skipped, and nothing to compile is an error", () => {
      const cwd = tempFiles({ "a.WDL": GOOD, "b.txt": "x", "none/c.txt": "" });
      const mixed = compile(cwd, ["a.WDL", "b.txt"]);
      expect([mixed.exit, mixed.stderr.split("\n")[0]]).toEqual([
        0,
        "warning[W_DSL_SKIPPED]: b.txt is skipped: its suffix is not .wdl or .pdl",
      ]);
      for (const [path, where] of [
        ["none", "below none"],
        ["b.txt", "among the files named"],
      ] as const) {
        const { stderr, exit } = compile(cwd, [path]);
        expect(exit).toBe(2);
        expect(stderr).toContain(`error[E_DSL_NO_FILES]: there is no .wdl or .pdl file ${where}\n`);
      }
      expect(compile(cwd, ["nowhere"]).exit).toBe(2);
    });

    test("a file that is no UTF-8 text is a read-error at 0:0", () => {
      const cwd = tempFiles({ "a.wdl": new Uint8Array([0x76, 0xff]) });
      const { stderr, exit } = compile(cwd, ["a.wdl"]);
      expect([exit, stderr]).toEqual([
        1,
        "a.wdl: error read-error the file cannot be read: it is not UTF-8 text from line 1, column 2 on\n",
      ]);
    });

    test("an identifier that no IR can have is exit 2 with --no-lint", () => {
      const cwd = tempFiles({ "a.wdl": flow("my flow", "  - a(op.x):") });
      expect(compile(cwd, ["a.wdl", "--no-lint"]).exit).toBe(0);
      const { stderr, exit } = compile(cwd, ["a.wdl", "--no-lint", "--emit-ir", "--out", "o"]);
      expect([exit, existsSync(join(cwd, "o"))]).toEqual([2, false]);
      expect(stderr).toStartWith("a.wdl:2:11: error E_IR_SCHEMA ");
    });

    test("--clean and --clean-all remove what they say", () => {
      const cwd = tempFiles({ "a.wdl": GOOD, "b.wdl": flow("b", "  - a(op.x):"), "out/mine.txt": "" });
      compile(cwd, ["."]);
      expect(compile(cwd, ["a.wdl", "--clean"]).exit).toBe(0);
      expect(Object.keys(textsIn(join(cwd, "out")))).toEqual([".plumb-out.json", "flows/good.yaml", "mine.txt"]);
      const refusal = compile(cwd, ["a.wdl", "--clean-all"]);
      expect([refusal.exit, refusal.stderr.split("\n")[1]]).toEqual([2, "  help: --clean-all --yes"]);
      for (const out of [".", ".."]) expect(compile(cwd, ["a.wdl", "--clean-all", "--yes", "--out", out]).exit).toBe(2);
      expect(compile(cwd, ["a.wdl", "--clean-all", "--yes"]).exit).toBe(0);
      expect(Object.keys(textsIn(join(cwd, "out")))).toEqual([".plumb-out.json", "flows/good.yaml"]);
    });

    test("a bad SOURCE_DATE_EPOCH and an out directory that cannot be are exit 2", () => {
      const cwd = tempFiles({ "a.wdl": GOOD, file: "" });
      expect(compile(cwd, ["."], { SOURCE_DATE_EPOCH: "yesterday" })).toMatchObject({ exit: 2, stdout: "" });
      expect(compile(cwd, [".", "--out", "file"])).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("--out file cannot be written"),
      });
    });

    test("examples/hello: a folder of flows alone and with its policies gives the same documents", () => {
      const cwd = tempDir();
      cpSync(join(EXAMPLES, "hello"), cwd, { recursive: true });
      mkdirSync(join(cwd, "out"), { recursive: true });
      const outputs = [["flows/"], ["flows/", "policies/"]].map((paths) => {
        expect(compile(cwd, [...paths, "--emit-ir", "--out", "out/dsl"])).toMatchObject({ exit: 0, stderr: "" });
        return textsIn(join(cwd, "out/dsl"));
      });
      expect(outputs[0]).toEqual(outputs[1] ?? {});
      expect(JSON.parse(outputs[0]?.["manifest.json"] ?? "")).toMatchObject([
        { name: "flows.hello", policyRef: "hello" },
      ]);
    });
  },
);
