import { describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../diag/mod.ts";
import { tempFiles } from "../testkit/mod.ts";
import { FileLoader, LoadError } from "./file_loader.ts";

function load(files: Record<string, string | Uint8Array>, file = "t_test.ami") {
  const folder = tempFiles(files);
  return new FileLoader().load({ path: join(folder, file), file });
}

function failureOf(load: () => unknown): Diagnostic | undefined {
  try {
    load();
    return undefined;
  } catch (error) {
    return error instanceof LoadError ? error.diagnostic : undefined;
  }
}

describe("a file that cannot be loaded", () => {
  test("is a load error with the reason, the file and the place", () => {
    expect(failureOf(() => load({}))).toMatchObject({
      code: "E_FILE_READ",
      message: "t_test.ami cannot be read: it does not exist",
      file: "t_test.ami",
    });
    expect(failureOf(() => load({ "t_test.ami": Buffer.from([0x61, 0xff]) }))).toMatchObject({
      code: "E_FILE_UTF8",
      pos: { line: 1, column: 2, offset: 1 },
    });
  });
});

describe("the package of a file's cases", () => {
  const packageOf = (files: Record<string, string>) => load(files).caseFile.package;

  test("is its own if it has source", () => {
    expect(packageOf({ "t_test.ami": "package app\n", "lib.ami": "package lib\n" })).toBe("app");
  });
  test("is else that of the folder's first .ami file that is no test", () => {
    const files = { "t_test.ami": "", "b.ami": "package b\n", "a_test.ami": "package x\n", "a1.ami": "package a\n" };
    expect(packageOf(files)).toBe("a");
  });
  test("passes over what holds no source and what is no file", () => {
    const folder = tempFiles({ "t_test.ami": "", "a.ami": "// nothing\n", "c.ami": "package c\n" });
    mkdirSync(join(folder, "b.ami"));
    const { caseFile } = new FileLoader().load({ path: join(folder, "t_test.ami"), file: "t_test.ami" });
    expect([caseFile.package, caseFile.needsSource]).toEqual(["c", true]);
  });
  test("is else main", () => expect(packageOf({ "t_test.ami": "" })).toBe("main"));
});

test("the namespaces that a file shares are those of its share=file lines", () => {
  const loaded = load({
    "t_test.ami":
      "#pragma test:kv ns=a share=file get=x\n#pragma test:case c\n#pragma test:kv ns=b get=x\n#pragma test:kv share=file get=x\n",
  });
  expect([...loaded.caseFile.shared].sort()).toEqual(["", "a"]);
});
