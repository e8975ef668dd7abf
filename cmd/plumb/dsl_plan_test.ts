import { describe, expect, test } from "bun:test";
import { cpSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneTarget, runPlumb, type Target, tempDir, tempFiles } from "../../internal/testkit/mod.ts";

const COLDSTORE = resolve(import.meta.dir, "../../testdata/examples/coldstore");
const flow = (name: string) => `version: dsl/v0\nworkflow: ${name}\nsteps:\n  - a(op.x):\n`;

describe.each(oneTarget().map((target): [string, Target] => [target.name, target]))(
  "plumb dsl plan, %s",
  (_, target) => {
    const plan = (cwd: string, ...args: string[]) => runPlumb(target, ["dsl", "plan", ...args], { cwd });

    test("flows row 10: the cold store, with a drawing that Graphviz reads", () => {
      const cwd = tempDir();
      cpSync(COLDSTORE, join(cwd, "C"), { recursive: true });
      expect(plan(cwd, "C/coldstore.wdl", "--dot", "x.dot")).toEqual({
        stdout: "C/coldstore.wdl: entry=read, nodes=5, edges=4\n",
        stderr: "",
        exit: 0,
      });
      const drawing = readFileSync(join(cwd, "x.dot"), "utf8");
      expect(drawing).toStartWith('digraph "coldstore.monitor" {\n  "read" [label="read\\ncoldstore.read"];\n');
      const dot = Bun.which("dot");
      if (dot !== null) expect(Bun.spawnSync([dot, "-Tsvg", "x.dot"], { cwd }).exitCode).toBe(0);
    });

    test("without a suffix the name is a folder, with a file a flow", () => {
      const cwd = tempFiles({ "a.wdl": flow("one"), "b.wdl": flow("é two"), "p.pdl": "not looked at" });
      expect(plan(cwd, ".", "--dot", "d", "--json", "j/k")).toMatchObject({
        stdout: "a.wdl: entry=a, nodes=1, edges=0\nb.wdl: entry=a, nodes=1, edges=0\n",
        exit: 0,
      });
      expect([readdirSync(join(cwd, "d")).sort(), readdirSync(join(cwd, "j/k")).sort()]).toEqual([
        ["one.dot", "two.dot"],
        ["one.json", "two.json"],
      ]);
      const text = readFileSync(join(cwd, "j/k/two.json"), "utf8");
      expect(text).toStartWith('{\n  "workflow": "\\u00e9 two",');
      expect(text).toEndWith("}");
    });

    test("one file for two flows, and two flows of one slug, are exit 2", () => {
      const cwd = tempFiles({ "a.wdl": flow("one"), "b.wdl": flow("one") });
      for (const name of ["x.json", "d", "-"]) expect(plan(cwd, ".", "--json", name).exit).toBe(2);
      expect(readdirSync(cwd).sort()).toEqual(["a.wdl", "b.wdl"]);
    });

    test("- is stdout, which then has nothing else", () => {
      const cwd = tempFiles({ "a.wdl": flow("one") });
      expect(JSON.parse(plan(cwd, "a.wdl", "--json", "-").stdout)).toMatchObject({ workflow: "one" });
      expect(plan(cwd, "a.wdl", "--json", "-", "--dot", "-").exit).toBe(2);
    });

    test("a file that cannot be read is told, and nothing is written", () => {
      const cwd = tempFiles({ "a.wdl": flow("one"), "b.wdl": "version: x" });
      expect(plan(cwd, ".", "--json", "d")).toEqual({
        stdout: "",
        stderr: "b.wdl:1:1: error parse-error the key workflow is missing\n",
        exit: 1,
      });
      expect(existsSync(join(cwd, "d"))).toBe(false);
      expect(plan(tempFiles({ "p.pdl": "" }), ".")).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining("E_DSL_NO_FILES"),
      });
    });
  },
);
