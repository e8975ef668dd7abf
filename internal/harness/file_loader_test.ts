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
  test("is missing", () => expect(failureOf(() => load({}))?.code).toBe("E_FILE_READ"));

  test("is a folder", () => {
    const folder = tempFiles({});
    mkdirSync(join(folder, "t_test.ami"));
    expect(failureOf(() => new FileLoader().load({ path: join(folder, "t_test.ami"), file: "t_test.ami" }))?.code).toBe(
      "E_FILE_READ",
    );
  });

  test("is a pipe: it is not opened, so nothing hangs", () => {
    const folder = tempFiles({});
    Bun.spawnSync(["mkfifo", join(folder, "t_test.ami")]);
    const failed = failureOf(() => new FileLoader().load({ path: join(folder, "t_test.ami"), file: "t_test.ami" }));
    expect(failed?.message).toBe("t_test.ami is not a regular file");
  });

  test("is not UTF-8: the finding stands at the first bad byte", () => {
    const bytes = Buffer.concat([Buffer.from("é\nab"), Buffer.from([0xff]), Buffer.from("cd\n")]);
    expect(failureOf(() => load({ "t_test.ami": bytes }))).toMatchObject({
      code: "E_FILE_UTF8",
      pos: { line: 2, column: 3, offset: 5 },
    });
  });

  test("ends in the middle of a character", () => {
    const bytes = Buffer.concat([Buffer.from("ab"), Buffer.from([0xe2, 0x82])]);
    expect(failureOf(() => load({ "t_test.ami": bytes }))?.pos).toEqual({ line: 1, column: 3, offset: 2 });
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
  test("is else main", () => expect(packageOf({ "t_test.ami": "" })).toBe("main"));
});

test("the namespaces that a file shares are those of its share=file lines", () => {
  const loaded = load({
    "t_test.ami":
      "#pragma test:kv ns=a share=file get=x\n#pragma test:case c\n#pragma test:kv ns=b get=x\n#pragma test:kv share=file get=x\n",
  });
  expect([...loaded.caseFile.shared].sort()).toEqual(["", "a"]);
});
