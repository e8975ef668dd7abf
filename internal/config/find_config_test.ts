import { expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { findConfig } from "./find_config.ts";

test("the nearest plumb.yaml up to the repository root is in force", () => {
  const top = tempFiles({
    "plumb.yaml": "",
    "repo/.git/HEAD": "",
    "repo/plumb.yaml": "",
    "repo/a/b/x": "",
    "repo/a/plumb.yaml": "",
  });
  expect(findConfig(join(top, "repo/a/b"))).toBe(join(top, "repo/a/plumb.yaml"));
  expect(findConfig(join(top, "repo"))).toBe(join(top, "repo/plumb.yaml"));
});

test("a link that leads nowhere is found, so that it can be refused", () => {
  const top = tempFiles({ "repo/.git/HEAD": "", "repo/a/x": "" });
  symlinkSync("gone.yaml", join(top, "repo/plumb.yaml"));
  expect(findConfig(join(top, "repo/a"))).toBe(join(top, "repo/plumb.yaml"));
});

test("a file above the repository root has no say", () => {
  const top = tempFiles({ "plumb.yaml": "", "repo/.git/HEAD": "", "repo/a/x": "" });
  expect(findConfig(join(top, "repo/a"))).toBeUndefined();
});

test("a work tree's .git is a file, and a root as well", () => {
  const top = tempFiles({ "plumb.yaml": "", "tree/.git": "gitdir: elsewhere", "tree/a/x": "" });
  expect(findConfig(join(top, "tree/a"))).toBeUndefined();
});

test("without a repository only the working directory is looked at", () => {
  const top = tempFiles({ "plumb.yaml": "", "a/x": "" });
  expect(findConfig(top)).toBe(join(top, "plumb.yaml"));
  expect(findConfig(join(top, "a"))).toBeUndefined();
});
