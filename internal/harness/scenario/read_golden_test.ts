import { expect, test } from "bun:test";
import { caseOf, foundIn, HEAD, loadSample } from "./sample_scenarios.ts";

const FLOW = "flow: [{invoke: Shop.tell, expect: {case: Done}}]\n";
const CASES = "cases: [{name: one, vars: {}}, {name: t-2, vars: {}}]\n";

test("golden files are named after the scenario's file and the case", async () => {
  const shown = async (text: string) => {
    const { cases } = await loadSample({ "a.scenario.yaml": HEAD + FLOW + text });
    return cases.map(({ golden }) => `${golden.mode} ${golden.shown}`);
  };
  expect(await shown("")).toEqual(["existing golden/a.golden.jsonl"]);
  expect(await shown("golden: true")).toEqual(["required golden/a.golden.jsonl"]);
  expect(await shown("golden: false")).toEqual(["never golden/a.golden.jsonl"]);
  expect(await shown(`golden: true\n${CASES}`)).toEqual([
    "required golden/a.one.golden.jsonl",
    "required golden/a.t-2.golden.jsonl",
  ]);
  expect(await shown("golden: ../g.jsonl")).toEqual(["required ../g.jsonl"]);
  expect(await shown(`golden: g/\${case}-\${case}.jsonl\n${CASES}`)).toEqual([
    "required g/one-one.jsonl",
    "required g/t-2-t-2.jsonl",
  ]);
});

test("a path is of one case", async () => {
  expect(await foundIn(`${FLOW}golden: g.jsonl\n${CASES}`)).toEqual(["E_SCN_GOLDEN 4:9"]);
  expect(await foundIn(`${FLOW}golden: "\${case}.jsonl"\n`)).toEqual(["E_SCN_GOLDEN 4:9"]);
  expect(await foundIn(`${FLOW}golden: /tmp/g.jsonl\n`)).toEqual(["E_SCN_GOLDEN 4:9"]);
  expect(await foundIn(`${FLOW}golden: 3\n`)).toEqual(["E_KEY_TYPE 4:9"]);
  expect(await foundIn(`${FLOW}golden: ''\n`)).toEqual(["E_KEY_TYPE 4:9"]);
  expect((await caseOf(`${FLOW}golden: true`)).golden.pos).toEqual({ line: 4, column: 9, offset: 93 });
});

test("cases have names of their own", async () => {
  expect(await foundIn(`${FLOW}cases: [{name: one, vars: {}}, {name: one, vars: {}}]`)).toEqual([
    "E_SCN_CASE_DUPLICATE 4:39",
  ]);
  expect(await foundIn(`${FLOW}cases: [{name: a b, vars: {}}, {nmae: x}, 3]`)).toEqual([
    "E_KEY_TYPE 4:16",
    "E_KEY_MISSING 4:32",
    "E_KEY_MISSING 4:32",
    "E_KEY_UNKNOWN 4:33 name",
    "E_KEY_TYPE 4:43",
  ]);
  expect(await foundIn(`${FLOW}cases: []`)).toEqual(["E_KEY_TYPE 4:8"]);
  expect(await foundIn(`${FLOW}cases: {}`)).toEqual(["E_KEY_TYPE 4:8"]);
});
