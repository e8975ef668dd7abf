import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { testgenDsl } from "../toolchain/mod.ts";

const flow = (...lines: string[]) => ["version: dsl/v0", "workflow: w", ...lines].join("\n");
const ofFlow = (...lines: string[]) => testgenDsl({ path: "f.wdl", text: flow(...lines) });
const ofPolicy = (...lines: string[]) =>
  testgenDsl({
    path: "p.pdl",
    text: ["version: pdl/v0", "arms:", "  default:", "    limit: 6.5", "    most: 12", "    name: x", ...lines].join(
      "\n",
    ),
  });

describe("flows row 1: testgen of wdl_compile.jsonl", () => {
  const Row = v.object({
    name: v.string(),
    wdl: v.string(),
    testgen: v.nullable(v.array(v.tuple([v.string(), v.record(v.string(), v.unknown())]))),
  });
  const rows = readFileSync(new URL("../../../testdata/vectors/wdl_compile.jsonl", import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => v.parse(Row, JSON.parse(line)))
    .filter(({ testgen }) => testgen !== null);

  test("the file is whole", () => {
    expect(rows).toHaveLength(16);
  });

  test.each(rows.map((row) => [row.name, row] as const))("%s", (_, { wdl, testgen }) => {
    const cases = testgenDsl({ path: "f.wdl", text: wdl });
    expect(cases.map(({ name, inputs }): [string, object] => [name, inputs])).toEqual(testgen ?? []);
  });
});

describe("flows", () => {
  test("inputs are sampled by what their types contain, and each has its edges", () => {
    const types = ["list<int>", "[]bool", "Boolean?", "integer", "float", "decimal?", "string", "any"];
    const cases = ofFlow("inputs:", ...types.map((type, at) => `  i${at}: ${type}`), "steps:", "  - r(op.x):");
    expect(cases[0]?.inputs).toEqual({
      i0: ["item1", "item2"],
      i1: ["item1", "item2"],
      i2: true,
      i3: 1,
      i4: 1,
      i5: 1,
      i6: "sample",
      i7: "sample",
    });
    expect(cases.slice(1).map(({ name }) => name)).toEqual([
      ...["i0_none", "i0_empty", "i1_none", "i1_empty", "i2_none", "i2_toggle", "i3_none", "i4_none", "i5_none"],
      ...["i6_none", "i6_blank", "i7_none", "i7_blank"],
    ]);
    expect(cases.find(({ name }) => name === "i2_toggle")?.inputs).toMatchObject({ i2: false });
  });

  test("what the inputs' types refuse is expected to be refused", () => {
    const cases = ofFlow("inputs:", "  s: string", "  o: string?", "  l: string[]", "steps:", "  - r(op.x):");
    expect(cases[0]?.expectations).toEqual({ error: "E_INPUT_TYPE" });
    const fine = ofFlow("inputs:", "  s: string", "  o: string?", "  n: list", "steps:", "  - r(op.x):");
    expect(fine.map(({ name, expectations }) => [name, expectations])).toEqual([
      ["base", { route: {} }],
      ["s_none", { error: "E_INPUT_TYPE" }],
      ["s_blank", { route: {} }],
      ["o_none", { route: {} }],
      ["o_blank", { route: {} }],
      ["n_none", { error: "E_INPUT_TYPE" }],
      ["n_empty", { route: {} }],
    ]);
  });

  test("routes tell the conditions that the inputs decide and that are sure to be asked", () => {
    const cases = ofFlow(
      "inputs:",
      "  a: string?",
      "steps:",
      "  - when_0(op.x):",
      "  - on failure:",
      '      when $input.a == "f":',
      "        h(op.x):",
      '  - when $input.a in ["x y", "z"]:',
      '      when $input.a == "z":',
      "        r(op.x):",
      '  - when $step.when_0.k == "q":',
      '      when $input.a == "q":',
      "        s(op.x):",
    );
    expect(cases.map(({ name, inputs, expectations }) => [name, inputs.a, expectations])).toEqual([
      ["base", "sample", { route: { when_2: "_DEFAULT" } }],
      ["a_eq", "f", { route: { when_2: "_DEFAULT" } }],
      ["a_neq", "f_alt", { route: { when_2: "_DEFAULT" } }],
      ["a_is_x_y", "x y", { route: { when_2: "x y", when_3: "_DEFAULT" } }],
      ["a_is_z", "z", { route: { when_2: "z", when_3: "z" } }],
      ["a_else", "x y_other", { route: { when_2: "_DEFAULT" } }],
      ["a_neq", "z_alt", { route: { when_2: "_DEFAULT" } }],
      ["a_eq", "q", { route: { when_2: "_DEFAULT" } }],
      ["a_neq", "q_alt", { route: { when_2: "_DEFAULT" } }],
      ["a_none", null, { route: { when_2: "_DEFAULT" } }],
      ["a_blank", "", { route: { when_2: "_DEFAULT" } }],
    ]);
  });

  test("a value goes to the path that is asked, numbers and booleans equal their text, and _alt stands in for _other", () => {
    const cases = ofFlow(
      "inputs:",
      "  m: map",
      "  n: int",
      "steps:",
      '  - when $input.m.k.d == "1":',
      "      r(op.x):",
      '  - when $input.n in ("1", "1_other"):',
      "      s(op.x):",
    );
    expect(cases.map(({ name, inputs }) => [name, inputs.m, inputs.n]).slice(1, 6)).toEqual([
      ["m.k.d_eq", { k: { d: "1" } }, 1],
      ["m.k.d_neq", { k: { d: "1_alt" } }, 1],
      ["n_is_1", "sample", "1"],
      ["n_is_1_other", "sample", "1_other"],
      ["n_else", "sample", "1_alt"],
    ]);
    expect(cases[1]?.expectations).toEqual({ route: { when_0: "1", when_1: "1" } });
  });

  test("an input that is not declared is expected to be refused", () => {
    const cases = ofFlow("inputs:", "  a: any", "steps:", '  - when $input.b == "x":', "      r(op.x):");
    expect(cases.map(({ name, expectations }) => [name, expectations]).slice(0, 2)).toEqual([
      ["base", { route: { when_0: "_DEFAULT" } }],
      ["b_eq", { error: "E_INPUT_UNKNOWN" }],
    ]);
  });
});

describe("policies", () => {
  test("values are 0, then below, at and above each number that a condition compares with", () => {
    const cases = ofPolicy(
      "evaluate:",
      '  t = values.get("air", 1)',
      "  if t > arms.active.limit and values['door'] < 3:",
      "    t = t + 100 > 5",
      "  else:",
      "    if not -2.5 <= values.oil.x:",
      "      t = 0",
      "emit:",
      "  t: t",
    );
    const expected: readonly [name: string, value: number][] = [
      ["base", 0],
      ["limit_below", 5.85],
      ["limit_at", 6.5],
      ["limit_above", 7.15],
      ["3_below", 2],
      ["3_at", 3],
      ["3_above", 4],
      ["_2_5_below", -3],
      ["_2_5_at", -2.5],
      ["_2_5_above", -2],
    ];
    expect(cases.map(({ name, inputs }) => [name, inputs.values ?? null])).toEqual(
      expected.map(([name, value]) => [name, { air: value, door: value, oil: value }]),
    );
    expect(cases[0]?.expectations).toEqual({ error: true });
    expect(cases[1]?.expectations).toEqual({ error: true });
  });

  test("expectations are what the policy emits with every draw 0.99", () => {
    const cases = ofPolicy(
      "evaluate:",
      "  choose:",
      "    usual: r = 'usual'",
      "    rare: r = 'rare' with p=0.98",
      "    sure: r = 'sure' with p=0.995",
      "  if values.t >= arms.active.most:",
      "    r = values.t",
      "emit:",
      "  r: r",
    );
    expect(cases.map(({ name, expectations }) => [name, expectations])).toEqual([
      ["base", { emit: { r: "sure" } }],
      ["most_below", { emit: { r: "sure" } }],
      ["most_at", { emit: { r: 12 } }],
      ["most_above", { emit: { r: 13 } }],
    ]);
  });

  test("repeats of the same values are dropped, and a policy that reads none has one case", () => {
    const twice = ofPolicy(
      "evaluate:",
      "  if values.t > 0:",
      "    a = 1",
      "  if values.t < arms.active.most:",
      "    a = 12",
      "  if values.t == 12:",
      "    a = 3",
      "emit:",
      "  t: values.t",
    );
    expect(twice.map(({ name }) => name)).toEqual([
      "base",
      "0_below",
      "0_above",
      "most_below",
      "most_at",
      "most_above",
    ]);
    expect(ofPolicy("evaluate:", "  if 1 < 2:", "    a = 1", "emit:", "  a: 1")).toEqual([
      { name: "base", inputs: { values: {} }, expectations: { emit: { a: 1 } } },
    ]);
  });
});

test("a file that does not compile is refused, but for the policies that it names", () => {
  const twice = flow("steps:", "  - r(op.x):", "  - r(op.x):");
  expect(() => testgenDsl({ path: "f.wdl", text: twice })).toThrow("f.wdl:5:5: duplicate-step-id");
  expect(() => testgenDsl({ path: "p.pdl", text: "x" })).toThrow("parse-error");
  expect(ofFlow("steps:", "  - r(policy.apply) policy gone:")).toHaveLength(1);
});
