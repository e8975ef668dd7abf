import { expect, test } from "bun:test";
import { LineIndex } from "../diag/mod.ts";
import { placeInScalar, readYaml } from "./mod.ts";

test.each([
  ["sql: a + X"],
  ['sql: "a + X"'],
  ["sql: 'a ''b'' + X'"],
  ['sql: "\\"a\\" + X"'],
  ["sql: |  # why\n  a\n\n    + X\n"],
  ["sql: >-\n  a +\n  b\n  X\n"],
  ["sql: a\n  b +\n  X"],
])("the X of %j is found where it stands", async (text) => {
  const { documents } = await readYaml("a.yaml", new LineIndex(text));
  const [document] = documents;
  const node = document?.kind === "map" ? document.entries[0]?.value : undefined;
  if (node?.kind !== "scalar" || typeof node.value !== "string") throw new Error("a text is expected");
  expect(placeInScalar(text, node, node.value.indexOf("X"))).toBe(text.indexOf("X"));
});

test("what is behind the text is at its end", async () => {
  const text = "sql: (a";
  const { documents } = await readYaml("a.yaml", new LineIndex(text));
  const node = documents[0]?.kind === "map" ? documents[0].entries[0]?.value : undefined;
  if (node?.kind !== "scalar") throw new Error("a scalar is expected");
  expect(placeInScalar(text, node, 99)).toBe(text.length - 1);
});
