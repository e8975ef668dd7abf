import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Strict } from "../../value/mod.ts";
import { CaptureError } from "./fill_in.ts";
import { loadScenario } from "./load_scenario.ts";
import { foundIn, HEAD, withSample } from "./sample_scenarios.ts";
import { settleAssertion, settleStep } from "./settle.ts";

const FIRST = "{invoke: Shop.sell, args: {item: a, count: 1}, expect: {case: Success}, capture: {l: left, n: note}}";

/** The last step and the assertions of a scenario, with these values captured. */
function settled(step: string, assertion: string, captured: Readonly<Record<string, Strict>>) {
  const text = `${HEAD}flow:\n  - ${FIRST}\n  - ${step}\nassertions: [${assertion}]\n`;
  return withSample({ "a.scenario.yaml": text }, async (folder, options) => {
    const { cases, specs, findings } = await loadScenario(join(folder, "a.scenario.yaml"), options);
    const [spec] = cases;
    const [, second] = spec?.flow ?? [];
    const [only] = spec?.assertions ?? [];
    if (second === undefined || "ir" in second || only === undefined)
      throw new Error(findings.map(({ message }) => message).join("; "));
    const values = new Map(Object.entries(captured));
    return {
      isLate: ["late" in second, "late" in only],
      step: () => settleStep(second, values, specs),
      assertion: () => settleAssertion(only, values, specs),
    };
  });
}

const TELL = "{invoke: Shop.tell}";
const NEVER = "{type: trace_never, action: Shop.fill}";

test("what is known is as it was", async () => {
  const { isLate, step, assertion } = await settled('{invoke: Shop.sell, args: {item: x, count: "${l}"}}', NEVER, {});
  expect(isLate).toEqual([false, false]);
  expect(step()).toMatchObject({
    args: [
      ["item", {}],
      ["count", { kind: "variable", name: "l" }],
    ],
  });
  expect(assertion()).toMatchObject({ type: "trace_never" });
});

test("a captured variable can be the name of an action, or all args", async () => {
  const captured = { l: "sell", n: { item: "i", count: 2 } };
  const { isLate, step: second } = await settled(
    '{invoke: "Shop.${l}", args: "${n}", expect: {case: Success, result: {left: "${l}"}}, capture: {later: left}}',
    NEVER,
    captured,
  );
  expect(isLate).toEqual([true, false]);
  expect(second()).toMatchObject({
    action: "Shop.sell",
    args: [
      ["item", { value: "i" }],
      ["count", { value: 2 }],
    ],
    expect: { case: "Success", result: [["left", { value: "sell" }]] },
    capture: [{ variable: "later", steps: ["left"] }],
    file: "a.scenario.yaml",
    pos: { line: 5, column: 5 },
  });
});

test("an assertion is read again when its numbers and names are known", async () => {
  const count = await settled(TELL, '{type: trace_count, action: Shop.sell, count: "${l}", args: {count: "${l}"}}', {
    l: 2,
  });
  expect(count.isLate).toEqual([false, true]);
  expect(count.assertion()).toMatchObject({
    type: "trace_count",
    count: 2,
    args: { value: { count: 2 } },
    pos: { line: 6, column: 14 },
  });
  const rows = await settled(TELL, '{type: final_state, table: "${l}", rows: "${n}"}', {
    l: "Stock",
    n: [{ item: "a", left: 1 }],
  });
  expect(rows.assertion()).toMatchObject({
    table: "Stock",
    is: { kind: "rows", rows: { value: [{ item: "a", left: 1 }] } },
  });
  const type = await settled(TELL, '{type: "trace_${l}", action: Shop.sell}', { l: "never" });
  expect(type.assertion()).toMatchObject({ type: "trace_never" });
});

test("what is put in is not looked into for variables", async () => {
  const { assertion } = await settled(
    TELL,
    '{type: trace_count, action: Shop.sell, count: "${l}", args: {item: "${n}"}}',
    { l: 1, n: "${l}" },
  );
  expect(assertion()).toMatchObject({ args: { value: { item: "${l}" } } });
});

test("what cannot be is told when it is met", async () => {
  const count = await settled(TELL, '{type: trace_count, action: Shop.sell, count: "${l}"}', { l: "two" });
  expect(count.assertion).toThrow(
    new CaptureError('E_KEY_TYPE: count must be an int of at least 0, found "two" (${l})'),
  );
  const table = await settled(TELL, '{type: final_state, table: "${l}", rows: 1}', { l: "Stok" });
  expect(table.assertion).toThrow("E_SCN_TABLE_UNKNOWN: no spec of the scenario has the table Stok");
  const none = await settled(TELL, '{type: trace_never, action: "${l}"}', {});
  expect(none.assertion).toThrow("l has no value");
});

test("all else is found when the file is loaded", async () => {
  const text = `flow:
  - ${FIRST}
  - {invoke: "\${l}", args: {a: 1.5}, expect: {case: Nosuch, resutl: {}}}
assertions: [{type: trace_count, action: Shop.nosuch, count: "\${l}", zzz: 1}]
`;
  expect(await foundIn(text)).toEqual([
    "E_VALUE_FLOAT 5:32",
    "E_KEY_UNKNOWN 5:61 result",
    "E_SCN_ACTION_UNKNOWN 6:42",
    "E_KEY_UNKNOWN 6:70",
  ]);
});

test("a step that expects an error keeps why its args cannot be given to the engine", async () => {
  const { step } = await settled(
    "{invoke: Shop.sel, args: {item: ~, count: 1.5}, expect: {error: E_VALUE_NULL}}",
    NEVER,
    {},
  );
  expect(step().refused?.map(({ code }) => code)).toEqual(["E_ACTION_UNKNOWN", "E_VALUE_NULL", "E_VALUE_FLOAT"]);
  const fine = await settled("{invoke: Shop.sel, args: {item: x}, expect: {error: E_ACTION_UNKNOWN}}", NEVER, {});
  expect(fine.step().refused).toBeUndefined();
});
