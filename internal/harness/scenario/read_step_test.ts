import { expect, test } from "bun:test";
import { caseOf, foundIn, HEAD, loadSample, said, stepsOf } from "./sample_scenarios.ts";

const inFlow = (step: string) => foundIn(`golden: true\nflow:\n  - ${step}\n`);

test("a step has exactly one of the keys that say what it does", async () => {
  expect(await inFlow("{}")).toEqual(["E_SCN_STEP 5:5"]);
  expect(await inFlow("{args: {}}")).toEqual(["E_SCN_STEP 5:5"]);
  expect(await inFlow("{Invoke: Shop.tell}")).toEqual(["E_SCN_STEP 5:6 invoke"]);
  expect(await inFlow("{invoke: Shop.tell, send: x}")).toEqual(["E_SCN_STEP 5:5"]);
  expect(await inFlow("Shop.tell")).toEqual(["E_KEY_TYPE 5:5"]);
  expect(await foundIn("golden: true\nflow: []\n")).toEqual(["E_KEY_TYPE 4:7"]);
  expect(await foundIn("golden: true\nflow: {}\n")).toEqual(["E_KEY_TYPE 4:7"]);
  expect(await foundIn("golden: true\n")).toEqual(["E_KEY_MISSING 1:1"]);
});

test("the shape of run and send is checked; send is not in this build", async () => {
  expect(await inFlow("{run: f, expect: {statsu: x, status: done, exact: 1}, mocks: [3, m.yaml], inputs: []}")).toEqual(
    ["E_KEY_UNKNOWN 5:23 status", "E_KEY_TYPE 5:42", "E_KEY_TYPE 5:55", 'E_KEY_TYPE 5:67 "3"', "E_KEY_TYPE 5:87"],
  );
  expect(await inFlow("{send: p, expect: {dropped: -1, errors: 3}, evnts: []}")).toEqual([
    "E_KEY_MISSING 5:5",
    "E_SCN_STEP_UNSUPPORTED 5:6",
    "E_KEY_TYPE 5:33",
    "E_KEY_TYPE 5:45",
    "E_KEY_UNKNOWN 5:49 events",
  ]);
  // Values are of the general profile; a scenario that invokes nothing needs no specs.
  const { findings } = await loadSample({
    "a.scenario.yaml":
      'name: a\ngolden: true\nvars: {x: 1.5, z: ~}\nflow: [{send: p, events: ["${x}", "${z}", 1e3]}]\n',
  });
  expect(said(findings)).toEqual(["E_SCN_STEP_UNSUPPORTED 4:9"]);
});

test("args are held against those that the action declares", async () => {
  expect(await inFlow("{invoke: Shop.sell}")).toEqual(["E_ARG_MISSING 5:14", "E_ARG_MISSING 5:14"]);
  expect(await inFlow("{invoke: Shop.sell, args: {item: 3, count: '3', cout: 1}}")).toEqual([
    'E_ARG_TYPE 5:38 "3"',
    "E_ARG_TYPE 5:48 3",
    "E_ARG_UNKNOWN 5:53 count",
  ]);
  expect(await inFlow("{invoke: Shop.fill, args: {stock: [1]}}")).toEqual(["E_ARG_TYPE 5:39"]);
  expect(await inFlow("{invoke: Shop.tell, args: []}")).toEqual(["E_KEY_TYPE 5:31"]);
  expect(await inFlow("{invoke: Shop.tell, arsg: {}}")).toEqual(["E_KEY_UNKNOWN 5:25 args"]);
});

test("args are values of the strict profile", async () => {
  const found = (value: string) => inFlow(`{invoke: Shop.fill, args: {stock: {a: ${value}}}}`);
  expect(await found("1.5")).toEqual(["E_VALUE_FLOAT 5:43"]);
  expect(await found("2.0")).toEqual(["E_VALUE_FLOAT 5:43 write 2"]);
  expect(await found("[~]")).toEqual(["E_VALUE_NULL 5:44"]);
  expect(await found("9223372036854775808")).toEqual(["E_VALUE_RANGE 5:43"]);
  expect(await found("-9223372036854775808")).toEqual([]);
  expect(await found('{"\u00e9": 1, "e\u0301": 2}')).toEqual(["E_VALUE_DUPLICATE_KEY 5:52"]);
  expect(await found("2024-01-31")).toEqual([]);
  expect(await found("0x10")).toEqual([]);
  expect(await found("!!str 3")).toEqual(["E_YAML_TAG 5:43"]);
  expect(await found("{b: 1, b: 2}")).toEqual(["E_YAML_DUPLICATE_KEY 5:50"]);
  expect(await found(`${"[".repeat(300)}${"]".repeat(300)}`)).toEqual([expect.stringMatching(/^E_VALUE_DEPTH 5:/)]);
});

test("a step that expects an error may invoke what would be refused", async () => {
  expect(await inFlow("{invoke: Shop.nosuch, args: {x: 1}, expect: {error: E_ACTION_UNKNOWN}}")).toEqual([]);
  expect(await inFlow("{invoke: Shop.sell, args: {item: 3, x: 1}, expect: {error: E_ARG_TYPE}}")).toEqual([]);
  expect(await inFlow("{invoke: Shop.sell, args: {item: 3}, expect: {case: Success}}")).toHaveLength(2);
});

test("expect has a case, or an error and nothing else", async () => {
  const found = (expect: string) => inFlow(`{invoke: Shop.sell, args: {item: a, count: 1}, expect: ${expect}}`);
  expect(await found("{}")).toEqual(["E_KEY_MISSING 5:60"]);
  expect(await found("{case: Succes}")).toEqual(["E_SCN_CASE_UNKNOWN 5:67 Success"]);
  expect(await found("{case: Success, result: {lefd: 1}}")).toEqual(["E_SCN_FIELD_UNKNOWN 5:85 left"]);
  expect(await found("{case: Success, result: {left: 1.5}}")).toEqual(["E_VALUE_FLOAT 5:91"]);
  expect(await found("{case: Success, result: [], exact: yes}")).toEqual(["E_KEY_TYPE 5:84", "E_KEY_TYPE 5:95"]);
  expect(await found("{case: 3}")).toEqual(['E_KEY_TYPE 5:67 "3"']);
  expect(await found("{error: E_X, case: Success, exact: true}")).toEqual(["E_KEY_UNKNOWN 5:73", "E_KEY_UNKNOWN 5:88"]);
  expect(await found("{eror: E_X}")).toEqual(["E_KEY_MISSING 5:60", "E_KEY_UNKNOWN 5:61 error"]);
  expect(await found("Success")).toEqual(["E_KEY_TYPE 5:60"]);
});

test("a setup step expects Success, which the action must have", async () => {
  const inSetup = (step: string) => foundIn(`golden: true\nflow: [{invoke: Shop.tell}]\nsetup: [${step}]\n`);
  expect(await inSetup("{action: Shop.tell, expect: {case: Done}}")).toEqual([]);
  expect(await inSetup("{action: Shop.tell}")).toEqual(["E_SCN_CASE_UNKNOWN 5:18"]);
  expect(await inSetup("{action: Shop.tell, expect: {case: Done}, capture: {}}")).toEqual(["E_KEY_UNKNOWN 5:51"]);
  expect(await inSetup("{invoke: Shop.tell}")).toEqual(["E_KEY_MISSING 5:9", "E_KEY_UNKNOWN 5:10"]);
});

test("captures lead into the output", async () => {
  const capture = (text: string, expect = ", expect: {case: Success}") =>
    inFlow(`{invoke: Shop.sell, args: {item: a, count: 1}${expect}, capture: ${text}}`);
  expect(await capture("{a: output.left, b: result.left, c: left, d: 'output.tags[0]', e: output.note.x.y}")).toEqual(
    [],
  );
  expect(await capture("{a: output.lefd}")).toEqual(["E_SCN_FIELD_UNKNOWN 5:90 output.left"]);
  expect(await capture("{a: output.item}")).toEqual(["E_SCN_FIELD_UNKNOWN 5:90"]);
  expect(await capture("{a: output.item}", "")).toEqual([]);
  expect(await capture("{a: output.left.x}")).toEqual(["E_SCN_CAPTURE 5:90"]);
  expect(await capture("{a: args.item}")).toEqual(["E_SCN_CAPTURE 5:90"]);
  expect(await capture("{a: 'x y', b: '', c: 3}")).toEqual([
    "E_SCN_CAPTURE 5:90",
    "E_KEY_TYPE 5:100",
    'E_KEY_TYPE 5:107 "3"',
  ]);
  expect(await capture("{a b: left}")).toEqual(["E_SPEC_NAME 5:87"]);
  expect(await capture("[]")).toEqual(["E_KEY_TYPE 5:86"]);
  const spec = await caseOf(
    "flow: [{invoke: Shop.sell, args: {item: a, count: 1}, expect: {case: Success}, capture: {x: 'result.tags[2]'}}]",
  );
  expect(stepsOf(spec)[0]?.capture).toMatchObject([
    { variable: "x", path: "result.tags[2]", steps: ["tags", 2], pos: { line: 3, column: 93 } },
  ]);
});

test("what does not fit inside a list is told with its place", async () => {
  const text = "stubs: {Shop.sell: [{case: Success, result: {left: 1, tags: [a, 3], note: {}}}]}\ngolden: true";
  const { findings } = await loadSample({ "a.scenario.yaml": `${HEAD}flow: [{invoke: Shop.tell}]\n${text}\n` });
  expect(findings.map(({ message, pos }) => [message, pos?.column])).toEqual([
    ["the field tags of the case Success of Shop.sell is declared as list<string>, found 3 at [1]", 65],
  ]);
});

test("something must be checked", async () => {
  expect(await foundIn("flow: [{invoke: Shop.tell}]")).toEqual(["E_SCN_NO_CHECKS 1:1"]);
  expect(await foundIn("flow: [{invoke: Shop.tell}]\nassertions: []\ngolden: false")).toEqual(["E_SCN_NO_CHECKS 1:1"]);
  // Of a step that is none, or nearly has it, one cannot tell.
  expect(await foundIn("flow: [{invok: Shop.tell}]")).toEqual(["E_SCN_STEP 3:9 invoke"]);
  expect(await foundIn("flow: [{invoke: Shop.tell, expct: {case: Done}}]")).toEqual(["E_KEY_UNKNOWN 3:28 expect"]);
  expect(await foundIn("flow: [3]")).toEqual(["E_KEY_TYPE 3:8"]);
  expect(await foundIn("flow: []")).toEqual(["E_KEY_TYPE 3:7"]);
  expect(await foundIn("flow: [{invoke: Shop.tell}]\ngolden: true")).toEqual([]);
  expect(await foundIn("flow: [{invoke: Shop.tell}]\ngolden: golden/x.jsonl")).toEqual([]);
  expect(await foundIn("flow: [{invoke: Shop.tell, expect: {case: Done}}]")).toEqual([]);
  const fragment = { "f.fragment.yaml": "assertions: [{type: trace_never, action: Shop.sell}]" };
  expect(await foundIn("use: [{file: f.fragment.yaml}]\nflow: [{invoke: Shop.tell}]", fragment)).toEqual([]);
});

test("what is invoked needs specs", async () => {
  const load = async (text: string) => said((await loadSample({ "a.scenario.yaml": text })).findings);
  expect(await load("name: a\ngolden: true\nflow: [{invoke: Shop.tell}]")).toEqual(["E_KEY_MISSING 1:1"]);
  expect(await load("name: a\ngolden: true\nspecs: []\nflow: [{invoke: Shop.tell}]")).toEqual([
    "E_SCN_ACTION_UNKNOWN 4:17",
  ]);
});
