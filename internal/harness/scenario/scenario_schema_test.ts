import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as v from "valibot";
import { LineIndex } from "../../diag/mod.ts";
import { generalValue, readYaml } from "../../yaml/mod.ts";
import { foundIn, HEAD } from "./sample_scenarios.ts";
import { FragmentSchema, ScenarioSchema } from "./scenario_schema.ts";

const CART = resolve(import.meta.dir, "../../../testdata/examples/cart");

async function parsed(text: string): Promise<unknown> {
  const { documents, findings } = await readYaml("a.yaml", new LineIndex(text));
  const [node] = documents;
  return node && generalValue(node, findings);
}

test("the schemas for editors accept the cart example", async () => {
  const names = readdirSync(CART).filter((name) => /\.(?:scenario|fragment)\.yaml$/.test(name));
  expect(names).toHaveLength(4);
  for (const name of names) {
    const schema: v.GenericSchema = name.includes("fragment") ? FragmentSchema : ScenarioSchema;
    const value = await parsed(readFileSync(resolve(CART, name), "utf8"));
    expect(v.safeParse(schema, value).issues).toBeUndefined();
  }
});

const ALL = `version: 1
description: d
use: [{file: x.fragment.yaml, with: {a: [1, "\x24{n}"]}}]
vars: {n: 3, m: ~, f: 1.5}
flow_token: "t-\x24{n}"
stubs: {Shop.tell: [{args: {}, case: Done, result: {}, times: 2}]}
unimplemented: assume
max_steps: 9
timeout_ms: 100
golden: "g/\x24{case}.jsonl"
setup: [{action: Shop.tell, args: {}, expect: {case: Done}}]
flow:
  - {invoke: Shop.sell, args: {item: a, count: "\x24{n}"}, expect: {case: Success, result: {left: 1}, exact: true}, capture: {l: output.left}}
  - {invoke: Shop.nosuch, expect: {error: E_ACTION_UNKNOWN}}
assertions:
  - {type: trace_contains, action: Shop.sell, args: {count: 3}, case: Success, result: {left: "\x24{l}"}, cause: tell-when-sold-out}
  - {type: trace_order, actions: [Shop.tell, Shop.sell]}
  - {type: trace_count, action: Shop.sell, count: "\x24{n}", args: {}, case: Success}
  - {type: trace_never, action: Shop.fill, args: {}, case: Success}
  - {type: completion, action: Shop.sell, case: Success, result: {}, args: {}, exact: false}
  - {type: provenance, from: Shop.sell, via: tell-when-sold-out, to: Shop.fill, bindings: {item: a}}
  - {type: final_state, table: Stock, where: {item: a}, expect: {left: 1}}
  - {type: final_state, table: Stock, rows: [{item: a, left: 1}]}
  - {type: final_state, table: Stock, rows: 1}
  - {type: final_state, table: Stock, absent: true}
cases: [{name: one, description: d, vars: {n: 3}}]
`;
const FRAGMENT = { "x.fragment.yaml": "version: 1\nvars: {a: ~}\n" };

test("what the readers take, the schema takes: every key there is", async () => {
  expect(await foundIn(ALL, FRAGMENT)).toEqual([]);
  expect(v.safeParse(ScenarioSchema, await parsed(HEAD + ALL)).issues).toBeUndefined();
});

test("steps that run flows or pipelines have a shape; the latter are not in this build", async () => {
  const text = `flow:
  - {run: f, manifest: m, inputs: {a: 1.5, b: ~}, mocks: [{a: {result: ~}}, m.yaml], expect: {status: completed, outputs: {x: ~}, error: 2001, exact: true}}
  - {send: p, events: [1.5, ~], expect: {outputs: [1], errors: [], dropped: 0}}
golden: true
`;
  expect(await foundIn(text)).toEqual(["E_SCN_STEP_UNSUPPORTED 5:6"]);
  expect(v.safeParse(ScenarioSchema, await parsed(HEAD + text)).issues).toBeUndefined();
});

test.each([
  ["version: 2"],
  ["nmae: x"],
  ["use: [{flie: x}]"],
  ["stubs: {Shop.tell: [{case: Done, tmes: 1}]}"],
  ["unimplemented: assum"],
  ["max_steps: 0"],
  ["golden: 3"],
  ["setup: [{invoke: Shop.tell}]"],
  ["cases: []"],
  ["cases: [{name: a b, vars: {}}]"],
  ["assertions: [{type: trace_contain, action: Shop.tell}]"],
  ["assertions: [{type: trace_contains, action: Shop.tell, count: 1}]"],
  ["assertions: [{type: trace_count, action: Shop.tell}]"],
  ["assertions: [{type: final_state, table: Stock, absent: false}]"],
  ["assertions: [{type: trace_count, action: Shop.tell, count: 1.5}]"],
])("what the readers refuse, the schema refuses: %s", async (line) => {
  const text = `flow: [{invoke: Shop.tell, expect: {case: Done}}]\n${line}\n`;
  expect((await foundIn(text)).length).toBeGreaterThan(0);
  expect(v.safeParse(ScenarioSchema, await parsed(HEAD + text)).success).toBe(false);
});

test("a fragment has no steps of its own", async () => {
  expect(v.safeParse(FragmentSchema, { flow: [] }).success).toBe(false);
  const files = { "x.fragment.yaml": "flow: []\nname: x\n" };
  const text = "use: [{file: x.fragment.yaml}]\nflow: [{invoke: Shop.tell, expect: {case: Done}}]\n";
  expect(await foundIn(text, files)).toEqual([
    "x.fragment.yaml E_KEY_UNKNOWN 1:1",
    "x.fragment.yaml E_KEY_UNKNOWN 2:1",
  ]);
});
