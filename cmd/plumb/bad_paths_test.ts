import { describe, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";

const GOOD = "package a\npipeline P { ingress -> egress }\n";
const BAD = "package a\npipeline P { ingress -> nope -> egress }\n";

/** A folder with paths that cannot be looked at, for whatever user. */
function badPaths(): string {
  const cwd = tempFiles({ "bad.ami": BAD, "f.ami": GOOD });
  symlinkSync("loop.ami", join(cwd, "loop.ami"));
  symlinkSync("plumb.yaml", join(cwd, "plumb.yaml"));
  return cwd;
}

/** A folder whose lowest folder has a longer path than the system takes: nobody can read it, the superuser neither. */
function tooDeep(): string {
  const cwd = tempFiles({ "bad.ami": BAD });
  const made = Bun.spawnSync(["sh", "-c", 'for i in $(seq 17); do mkdir "$0" && cd -P "$0"; done', "d".repeat(250)], {
    cwd,
  });
  expect(made.exitCode).toBe(0);
  return cwd;
}

for (const target of oneTarget()) {
  describe(`paths that cannot be looked at, ${target.name}`, () => {
    test.each([
      ["loop.ami", "loop.ami cannot be read: ELOOP"],
      ["f.ami/x.ami", "f.ami/x.ami cannot be read: ENOTDIR"],
      [`${"n".repeat(300)}.ami`, "n.ami cannot be read: ENAMETOOLONG"],
      ["", "an empty path names nothing"],
    ])("given by name are usage errors: %p", (path, message) => {
      const cwd = badPaths();
      for (const command of [["check"], ["pipeline", "run"], ["pipeline", "graph"]]) {
        const { stdout, stderr, exit } = runPlumb(target, [...command, path], { cwd, stdin: "" });
        expect([stdout, exit]).toEqual(["", 2]);
        expect(stderr).toContain(message);
      }
    });

    test("found by walking are findings beside those of the other files", () => {
      const { stdout, stderr, exit } = runPlumb(target, ["check", "."], { cwd: badPaths() });
      expect(stdout.split("\n").map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
        "bad.ami:2:25: error E_EDGE_UNDECLARED_TO",
        "f.ami:2:1: error E_DUP_PIPELINE",
        "loop.ami:1:1: error E_FILE_READ",
        "plumb.yaml:1:1: error E_CONFIG_READ",
        "",
      ]);
      expect([stderr, exit]).toEqual(["", 1]);
    });

    test("a folder below that cannot be walked is a finding beside the others", () => {
      const cwd = tooDeep();
      const { stdout, stderr, exit } = runPlumb(target, ["check", "."], { cwd });
      expect(stdout.split("\n")).toEqual([
        expect.stringMatching(/^bad\.ami:2:25: error E_EDGE_UNDECLARED_TO /),
        expect.stringMatching(/^d+\/.*:1:1: error E_FILE_READ folder d+\/.* cannot be read: ENAMETOOLONG/),
        "",
      ]);
      expect([stderr, exit]).toEqual(["", 1]);
    });

    test("debug artifacts that cannot be written are a usage error", () => {
      const { stdout, stderr, exit } = runPlumb(target, ["pipeline", "graph", "f.ami", "--emit-debug=f.ami/x"], {
        cwd: tempFiles({ "f.ami": GOOD }),
      });
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toContain("--emit-debug=f.ami/x cannot be written: ");
    });
  });
}
