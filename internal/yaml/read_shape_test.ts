import { expect, test } from "bun:test";
import { LineIndex } from "../diag/mod.ts";
import {
  readBool,
  readEntries,
  readFields,
  readInt,
  readItems,
  readOneOrMany,
  readText,
  readYaml,
  type YamlNode,
} from "./mod.ts";

async function nodeOf(text: string) {
  const { documents, findings } = await readYaml("a.yaml", new LineIndex(text));
  const [node] = documents;
  if (node === undefined) throw new Error("a document is expected");
  const said = () => findings.all.map(({ code, pos, data }) => [code, pos?.column, data?.help]);
  return { node, findings, said };
}

test("all that is wrong with the keys of a mapping is told, and what is right is kept", async () => {
  const { node, findings, said } = await nodeOf("{acton: 1, case: x, zzz: 2}");
  const fields = readFields(node, "a pattern", { action: true, case: false, args: true }, findings);
  expect(said()).toEqual([
    ["E_KEY_UNKNOWN", 2, "action"],
    ["E_KEY_UNKNOWN", 21, undefined],
    ["E_KEY_MISSING", 1, undefined],
    ["E_KEY_MISSING", 1, undefined],
  ]);
  expect(fields?.get("case")).toMatchObject({ value: "x" });
  expect([fields?.keyStart("case"), fields?.keyStart("action")]).toEqual([11, 0]);
  expect(findings.all[0]?.message).toBe('unknown key "acton" in a pattern; it may have action, case, args');
});

test("names of Object are keys like any others", async () => {
  const { node, findings, said } = await nodeOf("{__proto__: 1, toString: 2}");
  readFields(node, "x", { a: false }, findings);
  expect(said().map(([code]) => code)).toEqual(["E_KEY_UNKNOWN", "E_KEY_UNKNOWN"]);
});

test("a value of another kind is told with what was found", async () => {
  const { node, findings, said } = await nodeOf("[8080, {}, ' ', [], ~, true, 1.5, -1, 99999999999999999999]");
  const items = readItems(node, "x", findings) ?? [];
  const at = (index: number): YamlNode => items[index] ?? node;
  expect(readText(at(0), "name", findings)).toBeUndefined();
  expect(readText(at(2), "name", findings)).toBeUndefined();
  expect(readItems(at(1), "list", findings)).toBeUndefined();
  expect(readEntries(at(3), "map", findings)).toBeUndefined();
  expect(readEntries(at(4), "map", findings)).toBeUndefined();
  expect(readBool(at(5), "flag", findings)).toBe(true);
  expect(readBool(at(0), "flag", findings)).toBeUndefined();
  expect(readInt(at(0), "n", 0, findings)).toBe(8080);
  for (const index of [6, 7, 8]) expect(readInt(at(index), "n", 0, findings)).toBeUndefined();
  expect(said().every(([code]) => code === "E_KEY_TYPE")).toBe(true);
  expect(said()).toHaveLength(9);
  expect(findings.all[0]).toMatchObject({ message: "name must be a text, found 8080", data: { help: '"8080"' } });
});

test("one thing stands for a list of it", async () => {
  const { node } = await nodeOf("[[a, b], c]");
  expect(readOneOrMany(node)).toHaveLength(2);
  const [, single] = readOneOrMany(node);
  expect(single && readOneOrMany(single)).toEqual(single === undefined ? [] : [single]);
});
