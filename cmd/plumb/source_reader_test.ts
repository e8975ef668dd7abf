import { expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../../internal/testkit/mod.ts";
import { sourceReader } from "./source_reader.ts";

test("reads files below the root, also those that are not UTF-8", () => {
  const source = sourceReader(tempFiles({ "a.ami": "one\ntwo", "b/c.ami": new Uint8Array([0x61, 0xff]) }));
  expect(source("a.ami")?.line(2)).toBe("two");
  expect(source("b/c.ami")?.line(1)).toBe("a\ufffd");
  expect(source("a.ami")?.line(1)).toBe("one");
});

test("has no text of what is no file, and waits for no pipe", () => {
  const root = tempFiles({ "folder/x": "" });
  Bun.spawnSync(["mkfifo", join(root, "pipe")]);
  const source = sourceReader(root);
  expect(["gone", "folder", "pipe"].map(source)).toEqual([undefined, undefined, undefined]);
});
