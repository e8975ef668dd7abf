import { expect, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { isInside, realPath } from "./real_path.ts";

test("a path that does not exist is resolved through the links above it", () => {
  const folder = realPath(tempDir());
  mkdirSync(join(folder, "real"));
  symlinkSync(join(folder, "real"), join(folder, "link"));
  expect(realPath(join(folder, "link/new/file"))).toBe(join(folder, "real/new/file"));
});

test("a dangling link is where it points, also through another one", () => {
  const folder = realPath(tempDir());
  symlinkSync("/nowhere/else", join(folder, "dangling"));
  symlinkSync("dangling", join(folder, "second"));
  expect([realPath(join(folder, "dangling")), realPath(join(folder, "second"))]).toEqual([
    "/nowhere/else",
    "/nowhere/else",
  ]);
});

test("a loop of links ends", () => {
  const folder = realPath(tempDir());
  symlinkSync("b", join(folder, "a"));
  symlinkSync("a", join(folder, "b"));
  expect(isInside(realPath(join(folder, "a")), folder)).toBe(true);
});

test("a folder is inside itself and not inside one that only begins like it", () => {
  expect([isInside("/a/b", "/a"), isInside("/a", "/a"), isInside("/ab", "/a"), isInside("/a", "/")]).toEqual([
    true,
    true,
    false,
    true,
  ]);
});
