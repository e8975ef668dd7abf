import { expect, test } from "bun:test";
import { HEAD, loadSample, said } from "./sample_scenarios.ts";

const FLOW = "flow: [{invoke: Shop.tell, expect: {case: Done}}]\n";

/** A scenario with these lines, and fragments by their names. */
function load(text: string, fragments: Readonly<Record<string, string>>) {
  const files = Object.entries(fragments).map(([name, lines]) => [`${name}.fragment.yaml`, lines]);
  const flow = text.includes("flow:") ? "" : FLOW;
  return loadSample({ "a.scenario.yaml": `${HEAD}${text}\n${flow}`, ...Object.fromEntries(files) });
}

const found = async (...args: Parameters<typeof load>) => said((await load(...args)).findings);

const step = (item: string) => `{action: Shop.sell, args: {item: "${item}", count: 1}}`;
const never = (item: string) => `{type: trace_never, action: Shop.sell, args: {item: "${item}"}}`;
const stub = (item: string) => `{args: {item: "${item}"}, case: SoldOut, result: {item: "${item}"}}`;

test("fragments come before what uses them, their stubs come after", async () => {
  const fragment = (name: string, use = "") => `${use}
setup: [${step(name)}]
assertions: [${never(name)}]
stubs: {Shop.sell: [${stub(name)}]}
`;
  const { cases, findings } = await load(
    `use: [{file: one.fragment.yaml}, {file: two.fragment.yaml}]
setup: [${step("own")}]
assertions: [${never("own")}]
stubs: {Shop.sell: [${stub("own")}]}`,
    {
      one: fragment("one", "use: [{file: inner.fragment.yaml}]"),
      inner: fragment("inner"),
      two: fragment("two"),
    },
  );
  expect(findings).toEqual([]);
  const [only] = cases;
  const items = (parts: readonly { readonly args?: unknown }[] = []) =>
    parts.map(({ args }) => /one|inner|two|own/.exec(JSON.stringify(args))?.[0]);
  expect(items(only?.setup)).toEqual(["inner", "one", "two", "own"]);
  expect(items(only?.assertions as never)).toEqual(["inner", "one", "two", "own"]);
  expect(items(only?.stubs)).toEqual(["own", "one", "inner", "two"]);
  expect(only?.setup.map(({ file }) => file)).toEqual([
    "inner.fragment.yaml",
    "one.fragment.yaml",
    "two.fragment.yaml",
    "a.scenario.yaml",
  ]);
});

test("inside a fragment only its own variables are known, overridden by with", async () => {
  const fragment = `vars: {item: own, other: "o"}\nsetup: [${step("${item}")}, ${step("${other}")}, ${step("x${item}")}]\n`;
  const { cases, findings } = await load('vars: {v: given}\nuse: [{file: f.fragment.yaml, with: {item: "${v}!"}}]', {
    f: fragment,
  });
  expect(findings).toEqual([]);
  expect(cases[0]?.setup.map(({ args }) => args[0]?.[1])).toMatchObject([
    { value: "given!" },
    { value: "o" },
    { value: "xgiven!" },
  ]);
  expect(await found("vars: {v: given}\nuse: [{file: f.fragment.yaml}]", { f: `setup: [${step("${v}")}]` })).toEqual([
    "f.fragment.yaml E_SCN_VAR 1:42",
  ]);
});

test("a variable that is null in a fragment must be given, and one that it lacks cannot be", async () => {
  const f = `vars: {item: ~, count: 1}\nsetup: [${step("${item}")}]`;
  expect(await found("use: [{file: f.fragment.yaml}]", { f })).toEqual(["E_SCN_VAR 3:14"]);
  expect(await found("use: [{file: f.fragment.yaml, with: {itme: x}}]", { f })).toEqual([
    "E_SCN_VAR 3:37",
    "E_SCN_VAR 3:38 item",
  ]);
  expect(await found("use: [{file: f.fragment.yaml, with: {item: ~}}]", { f })).toEqual([
    "f.fragment.yaml E_VALUE_NULL 2:42",
  ]);
  expect(await found("use: [{file: f.fragment.yaml, with: 3}]", { f })).toEqual(["E_KEY_TYPE 3:37", "E_SCN_VAR 3:37"]);
});

test("a captured variable is not known where fragments are put in", async () => {
  const text = `use: [{file: f.fragment.yaml, with: {item: "\${l}"}}]
flow: [{invoke: Shop.sell, args: {item: a, count: 1}, expect: {case: Success}, capture: {l: output.left}}]`;
  expect(await found(text, { f: `vars: {item: x}\nassertions: [${never("${item}")}]` })).toEqual(["E_SCN_VAR 3:44"]);
});

test("findings of a fragment are told at its place, each once, however often it is used", async () => {
  const use = "{file: sub/f.fragment.yaml}";
  const files = {
    "sub/f": `vars: {n: x}
setup: [{action: Shop.sell, args: {item: a, count: "\${n}"}}, {actoin: Shop.tell}]
assertions: [{type: trace_nver}]
frobnicate: 1
`,
  };
  expect(await found(`use: [${use}, ${use}]`, files)).toEqual([
    "sub/f.fragment.yaml E_ARG_TYPE 2:52",
    "sub/f.fragment.yaml E_KEY_MISSING 2:62",
    "sub/f.fragment.yaml E_KEY_UNKNOWN 2:63 action",
    "sub/f.fragment.yaml E_ASSERTION_TYPE 3:21 trace_never",
    "sub/f.fragment.yaml E_KEY_UNKNOWN 4:1",
  ]);
});

test("a fragment that is missing, or that uses itself", async () => {
  expect(await found("use: [{file: no.fragment.yaml}]", {})).toEqual(["E_SCN_USE 3:14"]);
  const other = { "f.yaml": "setup: []", "a.scenario.yaml": `${HEAD}use: [{file: f.yaml}]\n${FLOW}` };
  expect(said((await loadSample(other)).findings)).toEqual(["E_SCN_USE 3:14"]);
  expect(await found("use: [{file: .}, {}, 3, {file: 4}]", {})).toEqual([
    "E_SCN_USE 3:14",
    "E_KEY_MISSING 3:18",
    "E_KEY_TYPE 3:22",
    'E_KEY_TYPE 3:32 "4"',
  ]);
  const circle = await load("use: [{file: b.fragment.yaml}]", {
    b: "use: [{file: c.fragment.yaml}]",
    c: "use: [{file: b.fragment.yaml}]",
  });
  expect(said(circle.findings)).toEqual(["c.fragment.yaml E_SCN_USE_CYCLE 1:14"]);
  expect(circle.findings[0]?.message).toBe(
    "these fragments use one another: b.fragment.yaml -> c.fragment.yaml -> b.fragment.yaml",
  );
  expect(await found("use: [{file: a.scenario.yaml}]", {})).toEqual(["E_SCN_USE_CYCLE 3:14"]);
});

test("a fragment that cannot be read as YAML, or holds two documents", async () => {
  expect(await found("use: [{file: f.fragment.yaml}]", { f: "a: [" })).toEqual(["f.fragment.yaml E_YAML_SYNTAX 1:5"]);
  expect(await found("use: [{file: f.fragment.yaml}]", { f: "version: 2\n---\n{}" })).toEqual([
    "f.fragment.yaml E_SCN_VERSION 1:10 1",
    "f.fragment.yaml E_SCN_MULTIDOC 3:1",
  ]);
});

test("specs of fragments come first, the same file once, each relative to the file that lists it", async () => {
  const spec = (name: string) => `concept: ${name}\npurpose: p\nactions: {f: {outputs: [{case: Done, effects: []}]}}\n`;
  const { specs, findings } = await loadSample({
    "a.scenario.yaml": `name: a
specs: [x.concept.yaml, sub/y.concept.yaml]
use: [{file: sub/f.fragment.yaml}]
flow: [{invoke: X.f, expect: {case: Done}}, {invoke: Y.f}, {invoke: Z.f}]
`,
    "sub/f.fragment.yaml": "specs: [y.concept.yaml, z.concept.yaml]",
    "x.concept.yaml": spec("X"),
    "sub/y.concept.yaml": spec("Y"),
    // The fragment's own folder comes before the working directory.
    "sub/z.concept.yaml": spec("Z"),
    "z.concept.yaml": spec("Wrong"),
  });
  expect(findings).toEqual([]);
  expect(specs.concepts.map(({ name }) => name)).toEqual(["Y", "Z", "X"]);
});

test("fragments that use others twice do not grow beyond measure", async () => {
  const fragments: Record<string, string> = { f0: `setup: [${step("x")}]` };
  for (let n = 1; n < 30; n += 1) {
    const use = `{file: f${n - 1}.fragment.yaml}`;
    fragments[`f${n}`] = `use: [${use}, ${use}]`;
  }
  const findings = await found("use: [{file: f29.fragment.yaml}]", fragments);
  expect(findings).toEqual([expect.stringMatching(/^f\d+\.fragment\.yaml E_SCN_USE 1:/)]);
});

test("what a variable grows to through fragments is bounded", async () => {
  const fragments: Record<string, string> = { f0: `vars: {v: ~}\nsetup: [${step("${v}")}]` };
  for (let n = 1; n < 40; n += 1) {
    fragments[`f${n}`] = `vars: {v: ~}\nuse: [{file: f${n - 1}.fragment.yaml, with: {v: "\${v}\${v}"}}]`;
  }
  const findings = await found("use: [{file: f39.fragment.yaml, with: {v: xx}}]", fragments);
  expect(findings).toEqual([expect.stringMatching(/E_SCN_VAR/)]);
});
