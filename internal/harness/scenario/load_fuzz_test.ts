import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { loadScenario, type ScenarioFile } from "./load_scenario.ts";
import { HEAD, withSample } from "./sample_scenarios.ts";
import { scenarioOf } from "./scenario_of.ts";

/** A scenario with every construct, to be spoiled. */
const SCENARIO = `${HEAD}version: 1
use: [{file: f.fragment.yaml, with: {item: "x-\${n}"}}]
vars: {n: 3, m: [1, {a: b}]}
flow_token: "t-\${n}"
stubs:
  Shop.tell: [{case: Done, times: 2}]
setup: [{action: Shop.tell, expect: {case: Done}}]
flow:
  - {invoke: Shop.sell, args: {item: a, count: "\${n}"}, expect: {case: Success, result: {left: 1}}, capture: {l: output.left}}
  - {invoke: Shop.fill, args: {stock: {l: "\${l}", m: "\${m}"}}}
assertions:
  - {type: trace_contains, action: Shop.sell, args: {count: 3}, result: {left: "\${l}"}, cause: tell-when-sold-out}
  - {type: trace_order, actions: [Shop.tell, Shop.sell]}
  - {type: provenance, from: Shop.sell, via: tell-when-sold-out, to: Shop.fill, bindings: {item: a}}
  - {type: final_state, table: Stock, where: {item: a}, rows: "\${n}"}
cases:
  - {name: one, vars: {n: 3}}
  - {name: two, vars: {n: 4}}
`;
const FRAGMENT = `vars: {item: ~}
setup: [{action: Shop.sell, args: {item: "\${item}", count: 1}}]
assertions: [{type: trace_never, action: Shop.sell, args: {item: "\${item}"}}]
stubs: {Shop.sell: [{args: {count: 9}, case: SoldOut, result: {item: "\${item}"}}]}
`;
const FILES = { "f.fragment.yaml": FRAGMENT };

const PIECES = [
  ..."{ } [ ] , : - ? | > & * ! # % @ ' \" ~ << \n \t ${ $${ } --- ...".split(" "),
  ..."null 1.5 -0 9223372036854775808 1e999 0x10 .nan 2024-01-31 yes true ${n} ${zzz} ${l} &a *a !!int 1_000".split(
    " ",
  ),
  ..."{} [] {a: 1} [1] '' zzz: invoke: run: send: expect: args: type: name: vars: use: Shop.sell Done trace_count".split(
    " ",
  ),
  "\n",
  "\n  ",
  " ",
  "\u0000",
  "\ud800",
  "\ufeff",
  "e\u0301",
];

const change = fc.record({
  at: fc.nat({ max: SCENARIO.length + FRAGMENT.length }),
  cut: fc.constantFrom(0, 0, 1, 3, 20),
  piece: fc.constantFrom(...PIECES),
});

/** Cuts something out at a place and puts something in. */
function spoil(text: string, changes: readonly { at: number; cut: number; piece: string }[], offset = 0): string {
  return changes.reduce((changed, { at, cut, piece }) => {
    const index = at - offset;
    if (index < 0 || index > changed.length) return changed;
    return changed.slice(0, index) + piece + changed.slice(index + cut);
  }, text);
}

// PLUMB_FUZZ asks for more runs than a unit test has time for.
const numRuns = Number(process.env.PLUMB_FUZZ ?? 150);

/** What holds of any file. */
function check({ findings, cases }: ScenarioFile): void {
  const errors = findings.filter(({ level }) => level === "error");
  expect(cases.length === 0).toBe(errors.length > 0);
  for (const { code, message, file, pos } of findings) {
    expect(code).toMatch(/^[EW]_[A-Z_]+$/);
    expect(message).not.toBe("");
    expect(file).toBeDefined();
    expect(pos === undefined || (pos.line >= 1 && pos.column >= 1)).toBe(true);
  }
  const places = findings.map(({ file = "", pos }) => `${file} ${String(pos?.offset ?? 0).padStart(9, "0")}`);
  expect(places).toEqual([...places].sort());
}

test("whatever is done to a scenario and its fragment, all that comes of it is findings", async () => {
  await withSample(FILES, async (folder, options) => {
    const load = (scenario: string, fragment: string) => {
      writeFileSync(join(folder, "a.scenario.yaml"), scenario);
      writeFileSync(join(folder, "f.fragment.yaml"), fragment);
      return loadScenario(join(folder, "a.scenario.yaml"), options);
    };
    expect((await load(SCENARIO, FRAGMENT)).findings).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const scenario = spoil(SCENARIO, changes);
        check(await load(scenario, spoil(FRAGMENT, changes, SCENARIO.length)));
      }),
      { numRuns },
    );
  });
});

test("a key that nobody knows is found wherever it is put", async () => {
  await withSample(FILES, async (folder, options) => {
    const places = [...SCENARIO.matchAll(/\{(?=(?:invoke|action|type|name|case|file): )/g)].map(
      ({ index }) => index + 1,
    );
    for (const place of places) {
      const text = `${SCENARIO.slice(0, place)}zzz: 1, ${SCENARIO.slice(place)}`;
      writeFileSync(join(folder, "a.scenario.yaml"), text);
      const { findings } = await loadScenario(join(folder, "a.scenario.yaml"), options);
      expect(findings.map(({ code, pos }) => [code, pos?.offset])).toEqual([["E_KEY_UNKNOWN", place]]);
    }
    expect(places.length).toBeGreaterThan(12);
  });
});

const anyObject = fc.object({
  key: fc.constantFrom(
    "name",
    "specs",
    "flow",
    "invoke",
    "args",
    "expect",
    "case",
    "vars",
    "use",
    "file",
    "assertions",
    "type",
  ),
  maxDepth: 4,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
});

test("whatever object is given as a scenario, all that comes of it is findings", async () => {
  await withSample(FILES, async (_, options) => {
    await fc.assert(
      fc.asyncProperty(anyObject, async (object) => {
        const { findings, cases } = await scenarioOf(object, options);
        expect(cases.length === 0).toBe(findings.length > 0);
      }),
      { numRuns },
    );
  });
});
