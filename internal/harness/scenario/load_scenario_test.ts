import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { loadScenario } from "./load_scenario.ts";
import { caseOf, foundIn, loadSample, said, withSample } from "./sample_scenarios.ts";
import { SpecSets } from "./spec_sets.ts";

const CART = resolve(import.meta.dir, "../../../testdata/examples/cart");

test("the scenarios of the cart example are loaded, and share their specs", async () => {
  const nameOf = (path: string) => path.slice(CART.length + 1) || ".";
  const options = { cwd: "/", nameOf, specSets: new SpecSets(nameOf, { exports: () => [] }) };
  const names = ["checkout_insufficient_stock", "checkout_success", "stock_levels"];
  const files = [];
  for (const name of names) files.push(await loadScenario(`${CART}/${name}.scenario.yaml`, options));
  expect(files.flatMap(({ findings }) => findings)).toEqual([]);
  expect(files.flatMap(({ cases }) => cases.map(({ title }) => title))).toEqual([
    "checkout_insufficient_stock",
    "checkout_success",
    "stock_levels/plenty",
    "stock_levels/exact",
    "stock_levels/one_short",
  ]);
  expect(new Set(files.map(({ specs }) => specs)).size).toBe(1);
  expect(files[1]).toMatchObject({ file: "checkout_success.scenario.yaml", package: "." });
  expect(files[1]?.cases[0]).toMatchObject({
    flowToken: "cart-example-success",
    golden: { mode: "required", shown: "golden/checkout_success.golden.jsonl" },
    setup: [{ action: "Inventory.setStock", expect: { kind: "case", case: "Success", result: [] } }],
    flow: [{ action: "Cart.addItem", pos: { line: 14, column: 13 } }, { action: "Cart.checkout" }],
  });
  const [plenty, , short] = files[2]?.cases ?? [];
  expect(plenty?.assertions[0]).toMatchObject({
    file: "stocked.fragment.yaml",
    type: "trace_contains",
    args: { value: { item_id: "gadget" } },
  });
  expect(short).toMatchObject({
    pos: { line: 27, column: 12 },
    setup: [
      {
        args: [
          ["item_id", { value: "gadget" }],
          ["quantity", { value: 2 }],
        ],
      },
    ],
    flow: [{}, { capture: [{ variable: "order", steps: ["order_id"] }] }],
  });
  expect(short?.assertions.at(-1)).toMatchObject({
    table: "OrderLine",
    where: { kind: "object", entries: [["order_id", { kind: "variable", name: "order" }]] },
  });
});

test("what is left out has its default", async () => {
  expect(await caseOf("flow: [{invoke: Shop.tell, expect: {case: Done}}]")).toEqual({
    name: "a",
    case: undefined,
    title: "a",
    pos: { line: 1, column: 7, offset: 6 },
    flowToken: "test-flow-default",
    stubs: [],
    unimplemented: "error",
    maxSteps: 1000,
    timeoutMs: undefined,
    golden: {
      mode: "existing",
      path: expect.stringMatching(/\/golden\/a\.golden\.jsonl$/),
      shown: "golden/a.golden.jsonl",
      pos: { line: 1, column: 1, offset: 0 },
    },
    setup: [],
    flow: [
      {
        action: "Shop.tell",
        args: [],
        expect: { kind: "case", case: "Done", result: [], exact: undefined },
        capture: [],
        file: "a.scenario.yaml",
        pos: { line: 3, column: 17, offset: 51 },
      },
    ],
    assertions: [],
  });
});

test("all that is wrong with a file is told, at its place and in order", async () => {
  const text = `nmae: b
version: 2
max_steps: 0
timeout_ms: 1.5
unimplemented: asume
golden: 3
flow_token: 7
flow:
  - {invok: Shop.sell}
  - {invoke: Shop.sel, expect: {case: Success}}
  - {invoke: Shop.sell, args: {item: a, cuont: 1}, expect: {case: Sucess, result: {zzz: 1}}}
  - {invoke: Shop.tell, run: x}
  - 3
setup: {}
assertions:
  - {type: trace_contain}
`;
  expect(await foundIn(text)).toEqual([
    "E_KEY_UNKNOWN 3:1 name",
    "E_SCN_VERSION 4:10 1",
    "E_KEY_TYPE 5:12",
    "E_KEY_TYPE 6:13",
    "E_KEY_TYPE 7:16 assume",
    "E_KEY_TYPE 8:9",
    'E_KEY_TYPE 9:13 "7"',
    "E_SCN_STEP 11:6 invoke",
    "E_SCN_ACTION_UNKNOWN 12:14 Shop.sell",
    "E_ARG_MISSING 13:31",
    "E_ARG_UNKNOWN 13:41 count",
    "E_SCN_CASE_UNKNOWN 13:67 Success",
    "E_SCN_STEP 14:5",
    "E_KEY_TYPE 15:5",
    "E_KEY_TYPE 16:8",
    "E_ASSERTION_TYPE 18:12 trace_contains",
  ]);
});

test("a file with a finding has no cases; errors of its specs are among them", async () => {
  const bad = await loadSample({
    "a.scenario.yaml": "name: a\nspecs: [b.concept.yaml]\nflow: [{invoke: B.x, expect: {case: Y}}]\n",
    "b.concept.yaml": "concept: B\npurpose: p\nactions: {x: {outputs: [{case: y}]}}\n",
  });
  expect(bad.cases).toEqual([]);
  expect(said(bad.findings)).toEqual(["b.concept.yaml E_SPEC_NAME 3:32"]);
});

test("a file that cannot be read, is empty or holds two documents is a finding", async () => {
  const load = (text: string) => loadSample({ "a.scenario.yaml": text });
  expect(said((await load("")).findings)).toEqual(["E_KEY_TYPE 1:1"]);
  expect(said((await load("# nothing\n")).findings)).toEqual(["E_KEY_TYPE 1:1"]);
  expect(said((await load("a: [")).findings)).toEqual(["E_YAML_SYNTAX 1:5"]);
  const two = await load("name: a\nflow: [{send: x, events: []}]\ngolden: true\n---\nname: b\n");
  expect(said(two.findings)).toEqual(["E_SCN_STEP_UNSUPPORTED 2:9", "E_SCN_MULTIDOC 5:1"]);
  const missing = await withSample({}, (folder, options) => loadScenario(`${folder}/no.scenario.yaml`, options));
  expect(missing).toMatchObject({
    cases: [],
    findings: [
      { code: "E_FILE_READ", file: "no.scenario.yaml", message: "no.scenario.yaml cannot be read: it does not exist" },
    ],
  });
});

test("aliases cannot make a large thing of a small file", async () => {
  const lines = Array.from({ length: 30 }, (_, n) => `  v${n + 1}: &v${n + 1} [*v${n}, *v${n}, *v${n}]`);
  const text = `vars:\n  v0: &v0 x\n${lines.join("\n")}\nflow: [{invoke: Shop.fill, args: {stock: *v30}}]\n`;
  expect(await foundIn(text)).toContainEqual(expect.stringMatching(/^E_YAML_SYNTAX \d+:/));
});

test("cases cannot either", async () => {
  const list = `[&l [${"1, ".repeat(999)}1]${", *l".repeat(40)}]`;
  const cases = Array.from({ length: 300 }, (_, n) => `{name: c${n}, vars: {}}`).join(", ");
  const text = `flow: [{invoke: Shop.fill, args: {stock: {l: ${list}}}, expect: {case: Success}}]\ncases: [${cases}]\n`;
  expect(await foundIn(text)).toEqual(["E_KEY_TYPE 4:1"]);
});

test("aliases and merge keys stand for what they name", async () => {
  const text = `vars: {x: &step {invoke: Shop.tell, expect: {case: Done}}}
flow: [*step, {<<: *step, expect: {error: E_X}}]
description: ""
`;
  expect((await caseOf(text)).flow).toMatchObject([
    { action: "Shop.tell", expect: { case: "Done" } },
    { action: "Shop.tell", expect: { code: "E_X" } },
  ]);
});
