import { expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { lastLineIsOpen } from "./last_line.ts";

test("a file ends in the middle of a line if its last byte is no line feed", () => {
  const folder = tempFiles({ open: "1\n2", whole: "1\n2\n", empty: "" });
  const answers = ["open", "whole", "empty", "missing"].map((name) => lastLineIsOpen(join(folder, name)));
  expect(answers).toEqual([true, false, false, false]);
});
