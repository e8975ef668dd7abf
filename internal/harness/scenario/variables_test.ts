import { expect, test } from "bun:test";
import { caseOf, foundIn, HEAD, loadSample, stepsOf } from "./sample_scenarios.ts";
import type { ScenarioSpec } from "./scenario_spec.ts";

/** The args of the step. */
function argsIn(spec: ScenarioSpec): unknown {
  return Object.fromEntries(
    (stepsOf(spec)[0]?.args ?? []).map(([name, late]) => [name, late.kind === "value" ? late.value : late]),
  );
}

const SELL = "expect: {case: Success}";

test("a whole text is the value with its type, inside a longer one it is put in as text", async () => {
  const text = `vars: {n: 3, s: x, b: true, o: {a: [1, "\${s}"]}, big: 9007199254740993}
flow:
  - invoke: Shop.fill
    args: {stock: {n: "\${n}", s: "a-\${s}-\${n}-\${b}", o: "\${o}", lit: "$\${n} $$\${n}", big: "\${big}", "\${n}": 1}}
    expect: {case: Success}
`;
  expect(argsIn(await caseOf(text))).toEqual({
    stock: {
      n: 3,
      s: "a-x-3-true",
      // What came out of a variable is not looked into again.
      o: { a: [1, "${s}"] },
      lit: "${n} $${n}",
      big: 9007199254740993n,
      // Keys are as they are written.
      "${n}": 1,
    },
  });
});

test("variables work in the flow token, stubs, setup, steps and assertions", async () => {
  const text = `vars: {t: tok, a: Shop.tell, c: Done, n: 2, on: true}
flow_token: "\${t}-1"
stubs: {Shop.tell: [{case: "\${c}", times: "\${n}"}]}
setup: [{action: "\${a}", expect: {case: "\${c}"}}]
flow: [{invoke: "\${a}", expect: {case: "\${c}", exact: "\${on}"}}, {invoke: "Shop.\${t}", expect: {error: "E_\${t}"}}]
assertions: [{type: trace_count, action: "\${a}", count: "\${n}"}, {type: final_state, table: Stock, rows: "\${n}", absent: "\${on}"}]
`;
  expect(await foundIn(text)).toEqual(["E_KEY_UNKNOWN 8:114"]);
  expect(await caseOf(text.replace(', absent: "${on}"', ""))).toMatchObject({
    flowToken: "tok-1",
    stubs: [{ case: "Done", times: 2 }],
    setup: [{ action: "Shop.tell", expect: { case: "Done" } }],
    flow: [{ expect: { exact: true } }, { action: "Shop.tok", expect: { code: "E_tok" } }],
    assertions: [{ count: 2 }, { is: { kind: "count", count: 2 } }],
  });
});

test("a case's variables win over the scenario's, and each case has its own", async () => {
  const text = (vars: string) => `vars: {n: 1}
flow: [{invoke: Shop.sell, args: {item: a, count: "\${n}"}, ${SELL}}]
cases: [{name: one, vars: {}}, {name: two, vars: ${vars}}]
`;
  expect(await foundIn(text("{n: 2}"))).toEqual([]);
  expect(await foundIn(text("{n: x}"))).toEqual(["E_ARG_TYPE 4:51"]);
});

test("a variable that is not there is told with what was likely meant, once for all cases", async () => {
  const text = `vars: {wanted: 1}
flow: [{invoke: Shop.sell, args: {item: "\${item}", count: "\${wnated}"}, ${SELL}}]
cases: [{name: one, vars: {}}, {name: two, vars: {}}]
`;
  expect(await foundIn(text)).toEqual(["E_SCN_VAR 4:41", "E_SCN_VAR 4:59 ${wanted}"]);
  const { findings } = await loadSample({
    "a.scenario.yaml": `${HEAD}flow: [{invoke: Shop.sell, args: {item: a, count: "\${n}"}, ${SELL}}]
cases: [{name: one, vars: {n: 1}}, {name: two, vars: {}}]`,
  });
  expect(findings.map(({ message }) => message)).toEqual(["the case two gives no value to n, which others do"]);
});

test("what names no variable, and a variable that cannot stand inside a text", async () => {
  const text = (value: string) => `vars: {l: [1], o: {}, f: 1.5, z: ~}
flow: [{invoke: Shop.fill, args: {stock: {a: ${value}}}, ${SELL}}]
`;
  for (const value of ['"${"', '"${}"', '"${a b}"', '"${bound.x}"', '"a ${l}"', '"a ${o}"', '"a ${f}"', '"a ${z}"']) {
    expect([value, await foundIn(text(value))]).toEqual([value, ["E_SCN_VAR 4:46"]]);
  }
  expect(await foundIn(text('"${f}"'))).toEqual(["E_VALUE_FLOAT 4:46"]);
  expect(await foundIn(text('"${z}"'))).toEqual(["E_VALUE_NULL 4:46"]);
  expect(await foundIn("vars: {a b: 1, 3: 2}\nflow: [{invoke: Shop.tell, expect: {case: Done}}]")).toEqual([
    "E_SPEC_NAME 3:8",
    "E_SPEC_NAME 3:16",
  ]);
});

test("a finding says where the value comes from", async () => {
  const text = `vars: {n: 1.5}\nflow: [{invoke: Shop.sell, args: {item: a, count: "\${n}"}, ${SELL}}]\n`;
  const { findings } = await loadSample({ "a.scenario.yaml": HEAD + text });
  expect(findings.map(({ message }) => message)).toEqual([
    "$.count is 1.5; only string, int, bool, array and object are allowed here (${n} of a.scenario.yaml:3:11)",
  ]);
});

test("a captured variable is known to later steps and assertions only", async () => {
  const step = (args: string, more = "") => `{invoke: Shop.sell, args: ${args}, expect: {case: Success}${more}}`;
  const capture = ", capture: {l: output.left}";
  const text = `flow:
  - ${step('{item: "${l}", count: 1}', capture)}
  - ${step('{item: "x${l}y${l}", count: "${l}"}')}
  - {invoke: Shop.fill, args: {stock: {a: ["\${l}", 1], b: {c: 2}}}, expect: {case: Success}}
assertions: [{type: trace_contains, action: Shop.sell, args: {count: "\${l}"}, result: "\${l}"}]
`;
  expect(await foundIn(text)).toEqual(["E_SCN_VAR 4:38"]);
  const spec = await caseOf(text.replace('item: "${l}", count: 1', "item: i, count: 1"));
  const variable = { kind: "variable", name: "l" } as const;
  const flow = stepsOf(spec);
  expect(flow[1]?.args).toEqual([
    ["item", { kind: "text", parts: ["x", { variable: "l" }, "y", { variable: "l" }] }],
    ["count", variable],
  ]);
  expect(flow[2]?.args).toEqual([
    [
      "stock",
      {
        kind: "object",
        entries: [
          ["a", { kind: "array", items: [variable, { kind: "value", value: 1 }] }],
          ["b", { kind: "value", value: { c: 2 } }],
        ],
      },
    ],
  ]);
  expect(spec.assertions).toMatchObject([
    { args: { kind: "object", entries: [["count", variable]] }, result: variable },
  ]);
});

test("a text that captured variables make is no int", async () => {
  const text = `flow:
  - {invoke: Shop.sell, args: {item: a, count: 1}, expect: {case: Success}, capture: {l: left}}
  - {invoke: Shop.sell, args: {item: a, count: "1\${l}"}, expect: {case: Success}}
`;
  expect(await foundIn(text)).toEqual(["E_ARG_TYPE 5:48"]);
});

test("variables cannot make a large thing of a small file", async () => {
  const list = `[${Array.from({ length: 1000 }, () => "1").join(", ")}]`;
  const many = Array.from({ length: 200 }, () => '"${l}"').join(", ");
  const text = `vars: {l: ${list}}\nflow: [{invoke: Shop.fill, args: {stock: {a: [${many}]}}, ${SELL}}]\n`;
  expect(await foundIn(text)).toEqual([expect.stringMatching(/^E_SCN_VAR 4:/)]);
  const long = `vars: {l: ${"x".repeat(10_000)}}\nflow: [{invoke: Shop.fill, args: {stock: {a: "${"${l}".repeat(200)}"}}, ${SELL}}]\n`;
  expect(await foundIn(long)).toEqual(["E_SCN_VAR 4:46"]);
});
