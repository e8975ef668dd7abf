import { describe, expect, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { tempDir, tempFiles } from "../testkit/mod.ts";
import { FileError, readTextFile } from "./read_text_file.ts";

function failure(path: string): FileError {
  try {
    readTextFile(path);
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
  throw new Error("it was read");
}

test("a text is read as it is, byte-order mark and all", () => {
  expect(readTextFile(join(tempFiles({ f: "\ufeffé\r\n" }), "f"))).toBe("\ufeffé\r\n");
});

describe("what cannot be read", () => {
  test("is missing", () => expect(failure("/nowhere/f").reason).toBe("missing"));

  test("is a folder, a pipe or a loop of links: nothing hangs", () => {
    const folder = tempDir();
    mkdirSync(join(folder, "d"));
    Bun.spawnSync(["mkfifo", join(folder, "p")]);
    symlinkSync("l", join(folder, "l"));
    expect(["d", "p", "l"].map((name) => failure(join(folder, name)).reason)).toEqual([
      "unreadable",
      "unreadable",
      "unreadable",
    ]);
  });

  test("is not UTF-8: the place is that of the first bad byte", () => {
    const bytes = Buffer.concat([Buffer.from("é\nab"), Buffer.from([0xff]), Buffer.from("cd\n")]);
    expect(failure(join(tempFiles({ f: bytes }), "f"))).toMatchObject({
      reason: "not UTF-8",
      pos: { line: 2, column: 3, offset: 5 },
    });
  });

  test("ends in the middle of a character", () => {
    const bytes = Buffer.concat([Buffer.from("ab"), Buffer.from([0xe2, 0x82])]);
    expect(failure(join(tempFiles({ f: bytes }), "f")).pos).toEqual({ line: 1, column: 3, offset: 2 });
  });
});
