import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempDir, tempFiles } from "../../testkit/mod.ts";
import { CaseError } from "../case_error.ts";
import type { FixtureSpec } from "../pragma/mod.ts";
import { Fixtures } from "./fixtures.ts";

const pos = { line: 2, column: 27, offset: 46 };
const fixture = (path: string, mode: "ro" | "rw" = "ro"): FixtureSpec => ({ path: { value: path, pos }, mode });

function codeOf(open: () => unknown): string {
  try {
    open();
    return "opened";
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    expect(error.finding.pos).toEqual(pos);
    return `${error.finding.code} ${error.blame}`;
  }
}

describe("the path of a fixture", () => {
  const root = tempFiles({ "t_test.ami": "", "e.jsonl": "", "sub/t_test.ami": "" });
  const open = (path: string, mode: "ro" | "rw" = "ro", file = "t_test.ami") =>
    codeOf(() => Fixtures.open([fixture(path, mode)], join(root, file), root));

  test("may be empty, absolute or hold a backslash: E_FIXTURE_PATH", () => {
    for (const path of ["", "/etc/passwd", "a\\b", "a\0b"]) expect(open(path)).toBe("E_FIXTURE_PATH subject");
  });

  test("may not leave the root, by .. or through a link", () => {
    expect(open("../up.jsonl")).toBe("E_FIXTURE_PATH subject");
    expect(open("../../../etc/passwd", "rw")).toBe("E_FIXTURE_PATH subject");
    symlinkSync("/etc", join(root, "etc"));
    expect(open("etc/passwd")).toBe("E_FIXTURE_PATH subject");
    expect(open("etc/new-file", "rw")).toBe("E_FIXTURE_PATH subject");
    symlinkSync("/nowhere/else", join(root, "dangling"));
    expect(open("dangling", "rw")).toBe("E_FIXTURE_PATH subject");
  });

  test("may use .. inside the root", () => expect(open("../e.jsonl", "ro", "sub/t_test.ami")).toBe("opened"));

  test("must exist, unless it is rw", () => {
    expect(open("nope")).toBe("E_FIXTURE_MISSING environment");
    expect(open("nope", "rw")).toBe("opened");
  });

  test("of a test file outside the root is bound to that file's own folder", () => {
    const outside = tempFiles({ "t_test.ami": "", "e.jsonl": "" });
    expect(codeOf(() => Fixtures.open([fixture("e.jsonl")], join(outside, "t_test.ami"), root))).toBe("opened");
    expect(codeOf(() => Fixtures.open([fixture("../x", "rw")], join(outside, "t_test.ami"), root))).toBe(
      "E_FIXTURE_PATH subject",
    );
  });
});

describe("coverage", () => {
  test("a fixture covers itself, a folder all below it", () => {
    const root = tempFiles({ "t_test.ami": "", "data/a/b.json": "", "data2/x": "" });
    const fixtures = Fixtures.open([fixture("data")], join(root, "t_test.ami"), root);
    expect(fixtures.declared("data/a/b.json", pos)).toBe(join(root, "data/a/b.json"));
    expect(fixtures.declared("./data/../data/a", pos)).toBe(join(root, "data/a"));
    for (const [path, code] of [
      ["data2/x", "E_FIXTURE_UNDECLARED subject"],
      ["t_test.ami", "E_FIXTURE_UNDECLARED subject"],
      ["/etc/passwd", "E_FIXTURE_PATH subject"],
      ["../../x", "E_FIXTURE_PATH subject"],
    ] as const) {
      expect(codeOf(() => fixtures.declared(path, pos))).toBe(code);
    }
  });
});

test("rw fixtures are copied, what does not exist starts empty, ro fixtures stay", () => {
  const root = tempFiles({ "t_test.ami": "", "a.jsonl": "old\n", "dir/b": "b", "ro.txt": "ro" });
  const specs = [fixture("a.jsonl", "rw"), fixture("dir", "rw"), fixture("new.jsonl", "rw"), fixture("ro.txt")];
  const scratch = tempDir();
  Fixtures.open(specs, join(root, "t_test.ami"), root).copyTo(scratch);
  expect(readFileSync(join(scratch, "a.jsonl"), "utf8")).toBe("old\n");
  expect(readFileSync(join(scratch, "dir/b"), "utf8")).toBe("b");
  expect([existsSync(join(scratch, "new.jsonl")), existsSync(join(scratch, "ro.txt"))]).toEqual([false, false]);
});

test("a pipe or a device is not copied: copying it could block or never end", () => {
  const root = tempFiles({ "t_test.ami": "" });
  Bun.spawnSync(["mkfifo", join(root, "pipe")]);
  const fixtures = Fixtures.open([fixture("pipe", "rw")], join(root, "t_test.ami"), root);
  expect(() => fixtures.copyTo(tempDir())).toThrow("is no regular file");
});

test("a link in a writable folder that leaves the root is not followed", () => {
  const root = tempFiles({ "t_test.ami": "", "data/f": "" });
  symlinkSync("/etc/hostname", join(root, "data/out"));
  const fixtures = Fixtures.open([fixture("data", "rw")], join(root, "t_test.ami"), root);
  expect(() => fixtures.copyTo(tempDir())).toThrow("is a link out of the test root");
});
