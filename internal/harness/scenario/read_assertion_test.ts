import { expect, test } from "bun:test";
import { caseOf, foundIn } from "./sample_scenarios.ts";

const FLOW = "flow: [{invoke: Shop.tell}]\n";
const found = (...items: readonly string[]) =>
  foundIn(`${FLOW}assertions:\n${items.map((item) => `  - ${item}\n`).join("")}`);

test("scenarios row 27: every type has exactly its keys", async () => {
  expect(
    await found(
      "{type: trace_contain, action: Shop.sell}",
      "{type: trace_contains, action: Shop.sell, count: 1}",
      "{type: trace_count, action: Shop.sell}",
    ),
  ).toEqual(["E_ASSERTION_TYPE 5:12 trace_contains", "E_KEY_UNKNOWN 6:47", "E_KEY_MISSING 7:5"]);
  expect(await found("{action: Shop.sell}", "[]", "{type: 3}", "{type: []}", "{}")).toEqual([
    "E_KEY_MISSING 5:5",
    "E_KEY_TYPE 6:5",
    'E_KEY_TYPE 7:12 "3"',
    "E_KEY_TYPE 8:12",
    "E_KEY_MISSING 9:5",
  ]);
});

test("actions, cases, fields, args and syncs must be there", async () => {
  expect(
    await found(
      "{type: trace_contains, action: Shop.sel, args: {zzz: 1}}",
      "{type: trace_contains, action: Shop.sell, args: {itm: a}, case: Soldout, result: {lft: 1}, cause: tell-when-soldout}",
      "{type: trace_contains, action: Shop.sell, result: {left: 1, item: a, lft: 1}}",
      "{type: trace_contains, action: Shop.sell, case: SoldOut, result: {left: 1}}",
      "{type: trace_order, actions: [Shop.tell, Shop.tel]}",
      "{type: trace_never, action: Shop.sell, args: {count: x}, case: Done}",
      "{type: provenance, from: Shop.sel, via: tell, to: Shop.fil}",
      "{type: provenance, from: Shop.sell, via: tell-when-sold-out, to: Shop.fill, bindings: {itme: a}}",
    ),
  ).toEqual([
    "E_SCN_ACTION_UNKNOWN 5:36 Shop.sell",
    "E_ARG_UNKNOWN 6:54 item",
    "E_SCN_CASE_UNKNOWN 6:69 SoldOut",
    "E_SCN_SYNC_UNKNOWN 6:103 tell-when-sold-out",
    "E_SCN_FIELD_UNKNOWN 7:74 left",
    "E_SCN_FIELD_UNKNOWN 8:71",
    "E_SCN_ACTION_UNKNOWN 9:46 Shop.tell",
    "E_ARG_TYPE 10:58",
    "E_SCN_CASE_UNKNOWN 10:68",
    "E_SCN_ACTION_UNKNOWN 11:30 Shop.sell",
    "E_SCN_SYNC_UNKNOWN 11:45",
    "E_SCN_ACTION_UNKNOWN 11:55 Shop.fill",
    "E_SCN_FIELD_UNKNOWN 12:92 item",
  ]);
});

test("values have their types, and are in the strict profile", async () => {
  expect(
    await found(
      "{type: trace_count, action: Shop.sell, count: -1}",
      "{type: trace_count, action: Shop.sell, count: 1.0}",
      "{type: trace_order, actions: []}",
      "{type: trace_order, actions: Shop.sell}",
      "{type: trace_order, actions: [3]}",
      "{type: completion, action: Shop.sell, case: Success, exact: 1}",
      "{type: trace_contains, action: Shop.sell, args: 3}",
      "{type: trace_contains, action: Shop.sell, result: {left: ~}, args: {count: 1.5}}",
    ),
  ).toEqual([
    "E_KEY_TYPE 5:51",
    "E_KEY_TYPE 6:51",
    "E_KEY_TYPE 7:34",
    "E_KEY_TYPE 8:34",
    'E_KEY_TYPE 9:35 "3"',
    "E_KEY_TYPE 10:65",
    "E_KEY_TYPE 11:53",
    "E_VALUE_NULL 12:62",
    "E_VALUE_FLOAT 12:80",
  ]);
});

test("a where of final_state that no row can meet is found, as absent and rows: 0 would always hold", async () => {
  expect(
    await found(
      '{type: final_state, table: Stock, where: {left: "3"}, absent: true}',
      "{type: final_state, table: Stock, where: {item: 3, left: 3}, rows: 0}",
      "{type: final_state, table: invocations, where: {seq: x}, rows: 0}",
    ),
  ).toEqual(["E_KEY_TYPE 5:53 3", 'E_KEY_TYPE 6:53 "3"']);
});

test("final_state looks at tables of concepts and of the log", async () => {
  expect(
    await found(
      "{type: final_state, table: Stock, where: {item: a}, expect: {left: 1}}",
      "{type: final_state, table: invocations, where: {action_uri: Shop.sell}, rows: 1}",
      "{type: final_state, table: flows, where: {sttus: open}, rows: 1}",
      "{type: final_state, table: stock, rows: 1}",
      "{type: final_state, table: Stock, where: {itm: a}, expect: {lft: 1}}",
      "{type: final_state, table: Stock, rows: [{item: a, lft: 1}, 3]}",
      "{type: final_state, table: Stock}",
      "{type: final_state, table: Stock, rows: 1, absent: true}",
      "{type: final_state, table: Stock, absent: false}",
      "{type: final_state, table: Stock, rows: x}",
      "{type: final_state, table: Stock, rows: {}}",
      "{type: final_state, table: Stock, rows: -1}",
    ),
  ).toEqual([
    "E_SCN_COLUMN_UNKNOWN 7:47 status",
    "E_SCN_TABLE_UNKNOWN 8:32 Stock",
    "E_SCN_COLUMN_UNKNOWN 9:47 item",
    "E_SCN_COLUMN_UNKNOWN 9:65 left",
    "E_SCN_COLUMN_UNKNOWN 10:56 left",
    "E_KEY_TYPE 10:65",
    "E_KEY_MISSING 11:5",
    "E_KEY_UNKNOWN 12:48",
    "E_KEY_TYPE 13:47",
    "E_KEY_TYPE 14:45",
    "E_KEY_TYPE 15:45",
    "E_KEY_TYPE 16:45",
  ]);
});

test("assertions are kept in order, each with its place", async () => {
  const { assertions } = await caseOf(`${FLOW}assertions:
  - {type: trace_contains, action: Shop.sell, args: {item: a}, cause: tell-when-sold-out}
  - {type: completion, action: Shop.sell, case: Success, exact: true}
  - {type: final_state, table: Stock, rows: []}
`);
  expect(assertions).toMatchObject([
    {
      type: "trace_contains",
      args: { kind: "value", value: { item: "a" } },
      case: undefined,
      cause: "tell-when-sold-out",
      pos: { line: 5 },
    },
    { type: "completion", exact: true, result: undefined, pos: { line: 6, column: 5 } },
    { type: "final_state", where: undefined, is: { kind: "rows", rows: { value: [] } }, pos: { line: 7 } },
  ]);
});
