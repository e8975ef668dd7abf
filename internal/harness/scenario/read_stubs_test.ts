import { expect, test } from "bun:test";
import { caseOf, foundIn } from "./sample_scenarios.ts";

const FLOW = "flow: [{invoke: Shop.tell, expect: {case: Done}}]\n";
const found = (stubs: string) => foundIn(`${FLOW}stubs:\n  ${stubs}\n`);

test("a stub is held against its action, as a completion of it", async () => {
  expect(await found("Shop.sel: [{case: X}]")).toEqual(["E_SCN_ACTION_UNKNOWN 5:3 Shop.sell"]);
  expect(await found("Shop.sell: [{case: Soldout}]")).toEqual(["E_SCN_CASE_UNKNOWN 5:22 SoldOut"]);
  expect(await found("Shop.sell: [{case: SoldOut}]")).toEqual(["E_RESULT_FIELD 5:22"]);
  expect(await found("Shop.sell: [{case: SoldOut, result: {itm: a}}]")).toEqual([
    "E_RESULT_FIELD 5:39",
    "E_SCN_FIELD_UNKNOWN 5:40 item",
  ]);
  expect(await found("Shop.sell: [{case: SoldOut, result: {item: 3}}]")).toEqual(['E_RESULT_TYPE 5:46 "3"']);
  expect(await found("Shop.sell: [{case: Success, result: {left: 1, tags: [a, 3], note: {}}}]")).toEqual([
    'E_RESULT_TYPE 5:59 "3"',
  ]);
  expect(await found("Shop.sell: [{args: {itm: a, count: x}, case: SoldOut, result: {item: a}}]")).toEqual([
    "E_ARG_UNKNOWN 5:23 item",
    "E_ARG_TYPE 5:38",
  ]);
  expect(await found("Shop.tell: [{case: Done, result: {x: 1.5}, times: -1, tims: 1}]")).toEqual([
    "E_SCN_FIELD_UNKNOWN 5:37",
    "E_VALUE_FLOAT 5:40",
    "E_KEY_TYPE 5:53",
    "E_KEY_UNKNOWN 5:57 times",
  ]);
});

test("stubs are lists by action", async () => {
  expect(await found("Shop.tell: {case: Done}")).toEqual(["E_KEY_TYPE 5:14"]);
  expect(await found("Shop.tell: [Done, {}]")).toEqual(["E_KEY_TYPE 5:15", "E_KEY_MISSING 5:21"]);
  expect(await foundIn(`${FLOW}stubs: []\n`)).toEqual(["E_KEY_TYPE 4:8"]);
});

test("entries are kept in written order", async () => {
  const text = `${FLOW}stubs:
  Shop.tell: [{case: Done, times: 1}]
  Shop.sell: [{args: {item: a}, case: SoldOut, result: {item: a}}, {case: Success, result: {left: 1, tags: [], note: {}}}]
`;
  expect((await caseOf(text)).stubs).toEqual([
    {
      action: "Shop.tell",
      args: undefined,
      case: "Done",
      result: {},
      times: 1,
      file: "a.scenario.yaml",
      pos: expect.anything(),
    },
    {
      action: "Shop.sell",
      args: { item: "a" },
      case: "SoldOut",
      result: { item: "a" },
      times: undefined,
      file: "a.scenario.yaml",
      pos: expect.anything(),
    },
    {
      action: "Shop.sell",
      args: undefined,
      case: "Success",
      result: { left: 1, tags: [], note: {} },
      times: undefined,
      file: "a.scenario.yaml",
      pos: expect.anything(),
    },
  ]);
});
