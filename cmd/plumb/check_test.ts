import { describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { jsonLines, oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";

const EXAMPLES = resolve(import.meta.dir, "../../testdata/examples/pipelines");
const GOOD = "package a\npipeline P { ingress -> egress }\n";
const SLEEPY = 'package s\npipeline P { ingress -> Collect() merge.Sort("k") -> egress }\n';

for (const target of oneTarget()) {
  const check = (cwd: string, ...args: string[]) => runPlumb(target, ["check", ...args], { cwd });
  const one = (text: string, ...args: string[]) => check(tempFiles({ "a.ami": text }), ...args, "a.ami");

  describe(`plumb check, ${target.name}`, () => {
    test("says nothing of what is sound", () => {
      expect(check(EXAMPLES, "sensors.ami")).toEqual({ stdout: "", stderr: "", exit: 0 });
      expect(check(EXAMPLES, ".")).toEqual({ stdout: "", stderr: "", exit: 0 });
    });

    test("11: an unknown worker is found at its name", () => {
      const { stdout, exit } = one("package a\npipeline P { ingress -> Transform(nope) -> egress }\n");
      expect(stdout).toMatch(/^a\.ami:2:35: error E_WORKER_UNDEFINED .*nope.*\n$/);
      expect(exit).toBe(1);
    });

    test("12: a misspelt attribute has a help", () => {
      const text = "package a\npipeline P { ingress -> Collect() merge.Windw(2) -> egress }\n";
      expect(one(text).stdout).toMatch(/^a\.ami:2:35: error E_MERGE_ATTR_UNKNOWN .*merge\.Window/);
      expect(jsonLines(one(text, "--json").stdout)).toMatchObject([
        {
          schema: "diag.v1",
          level: "error",
          code: "E_MERGE_ATTR_UNKNOWN",
          package: "a",
          file: "a.ami",
          pos: { line: 2, column: 35, offset: 44 },
          data: { help: "merge.Window" },
        },
      ]);
    });

    test("all errors of a file are found in one pass, in the order of their places", () => {
      const { stdout } = one("package a\nfunc f( {\n}\nfunc g(ev) { return nope }\npipeline P { ingress }\n");
      expect(stdout.split("\n").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
        expect.stringMatching(/^a\.ami:2:\d+: error E_PARSE$/),
        expect.stringMatching(/^a\.ami:4:\d+: error E_/),
        ...stdout
          .split("\n")
          .slice(2, -1)
          .map(() => expect.stringMatching(/^a\.ami:[45]:\d+: error E_/)),
        "",
      ]);
    });

    test("a warning is exit 0, with --strict exit 1", () => {
      const { stdout, exit } = one(SLEEPY);
      expect([stdout.split(" ").slice(0, 3), exit]).toEqual([["a.ami:2:25:", "warning", "W_MERGE_SORT_UNTIL_END"], 0]);
      expect(one(SLEEPY, "--strict")).toEqual({ stdout, stderr: "", exit: 1 });
    });

    test("a folder is walked for known kinds, hidden and built folders aside; each finding is told once", () => {
      const bad = "package a\npipeline P { ingress -> nope -> egress }\n";
      const cwd = tempFiles({
        "b/x.ami": bad,
        "b/y.ami": "package a\n",
        "b/notes.txt": "x",
        "a/plumb.yaml": "tset: {}\n",
        ".hidden/x.ami": bad,
        "build/x.ami": bad,
        "node_modules/p/x.ami": bad,
      });
      const { stdout, exit } = check(cwd, ".", "b/x.ami");
      expect(stdout.split("\n").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
        "a/plumb.yaml:1:1: error E_CONFIG_UNKNOWN_KEY",
        "b/x.ami:2:25: error E_EDGE_UNDECLARED_TO",
        "",
      ]);
      expect(exit).toBe(1);
    });

    test("a test file is checked with its folder, pragma lines included", () => {
      const cwd = tempFiles({
        "a.ami": GOOD,
        "a_test.ami": "package a\n#pragma test:case x\n#pragma test:runtme input={}\n",
      });
      expect(check(cwd, "a_test.ami").stdout).toMatch(
        /^a_test\.ami:3:9: error E_PRAGMA_UNKNOWN .*\(help: test:runtime\)\n$/,
      );
      const dup = tempFiles({ "a.ami": GOOD, "a_test.ami": GOOD });
      expect(check(dup, "a_test.ami").stdout).toMatch(/^a_test\.ami:2:1: error E_DUP_PIPELINE /);
    });

    test("a runtime.yaml needs its section", () => {
      const cwd = tempFiles({ "runtime.yaml": "test: {}\n" });
      expect(check(cwd, "runtime.yaml").stdout).toMatch(
        /^runtime\.yaml:1:1: error E_CONFIG_SHAPE .*no section runtime/,
      );
    });

    test("what cannot be checked is a usage error", () => {
      const cwd = tempFiles({ "notes.txt": "x" });
      expect(check(cwd, "notes.txt")).toMatchObject({
        stdout: "",
        stderr: expect.stringContaining(
          "notes.txt is of no kind that can be checked: *.ami, *.concept.yaml, *.sync.yaml, *.scenario.yaml, *.fragment.yaml, *.wdl, *.pdl, *.ir.json, manifest.json, mocks*.yaml|json, *.mocks.yaml|json, plumb.yaml, runtime.yaml",
        ),
        exit: 2,
      });
      expect(check(cwd, "nope.ami")).toMatchObject({
        stdout: "",
        stderr: expect.stringContaining("does not exist"),
        exit: 2,
      });
      expect(check(cwd).exit).toBe(2);
    });

    test("a file that is no UTF-8, empty, or nothing but blanks ends with a finding or none, never a bug", () => {
      const cwd = tempFiles({ "a.ami": Uint8Array.of(0xff, 0xfe), "b.ami": "", "c.ami": "\n // c\n" });
      const { stdout, exit } = check(cwd, "a.ami", "b.ami", "c.ami");
      expect(stdout).toMatch(/^a\.ami:1:1: error E_/);
      expect(exit).toBe(1);
    });
  });
}
