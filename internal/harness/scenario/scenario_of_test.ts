import { expect, test } from "bun:test";
import { sep } from "node:path";
import { withSample } from "./sample_scenarios.ts";
import { scenarioOf } from "./scenario_of.ts";

const HEAD = { name: "a b", specs: ["shop.concept.yaml"] };
const TELL = { invoke: "Shop.tell", expect: { case: "Done" } };

/** What is found in an object: `CODE message`. */
function foundIn(object: unknown): Promise<readonly string[]> {
  return withSample({}, async (_, options) => {
    const { findings, cases } = await scenarioOf(object, options);
    expect(cases.length === 0).toBe(findings.length > 0);
    return findings.map(({ code, message }) => `${code} ${message.replace(/[;,(].*/, "")}`);
  });
}

test("an object with the keys of a file is a scenario", async () => {
  await withSample({}, async (folder, options) => {
    const object = {
      ...HEAD,
      golden: undefined,
      max_steps: 9n,
      flow: [{ invoke: "Shop.sell", args: { item: "e\u0301", count: 2 ** 40 }, expect: { case: "Success" } }],
    };
    const { cases, findings, path, file } = await scenarioOf(object, options);
    expect(findings).toEqual([]);
    expect({ path, file }).toEqual({ path: `${folder}${sep}scenario`, file: "scenario" });
    expect(cases).toMatchObject([
      {
        title: "a b",
        maxSteps: 9,
        golden: { mode: "existing", shown: "golden/a_b.golden.jsonl" },
        flow: [
          {
            args: [
              ["item", { value: "\u00e9" }],
              ["count", { value: 2 ** 40 }],
            ],
          },
        ],
      },
    ]);
  });
});

test("base_dir is where paths start, from the working directory", async () => {
  await withSample(
    { "deep/x.concept.yaml": "concept: X\npurpose: p\nactions: {y: {outputs: [{case: Z}]}}" },
    async (folder, options) => {
      const flow = [{ invoke: "X.y", expect: { case: "Z" } }];
      const found = await scenarioOf({ name: "a", base_dir: "deep", specs: ["x.concept.yaml"], flow }, options);
      expect(found.findings).toEqual([]);
      expect(found.cases[0]?.golden.path).toBe(`${folder}/deep/golden/a.golden.jsonl`);
      const wrong = await scenarioOf({ name: "a", base_dir: 3, specs: ["shop.concept.yaml"], flow: [TELL] }, options);
      expect(wrong.findings.map(({ message }) => message)).toEqual(["base_dir: base_dir must be a text, found 3"]);
    },
  );
});

test("findings name the path, in the order of the object", async () => {
  const object = {
    ...HEAD,
    flow: [
      { invoke: "Shop.sell", args: { item: "x", count: "3" }, expect: { case: "Success" } },
      { invoke: "Shop.sell", args: { item: "x", "a b": 1.5, count: Number.NaN } },
    ],
    vrs: {},
  };
  expect(await foundIn(object)).toEqual([
    "E_ARG_TYPE flow[0].args.count: the arg count of Shop.sell is declared as int",
    'E_ARG_UNKNOWN flow[1].args["a b"]: Shop.sell has no arg a b',
    'E_VALUE_FLOAT flow[1].args["a b"]: $["a b"] is 1.5',
    "E_VALUE_FLOAT flow[1].args.count: $.count is NaN",
    'E_KEY_UNKNOWN vrs: unknown key "vrs" in a scenario',
  ]);
});

test("what no file could say is a finding", async () => {
  const nested: unknown[] = [];
  nested.push(nested);
  const wrong = [() => 1, Symbol("x"), new Date(0), new Map(), undefined];
  for (const value of [...wrong.map((one) => [one]), nested]) {
    const found = await foundIn({
      ...HEAD,
      flow: [{ invoke: "Shop.fill", args: { stock: { value } }, expect: { case: "Success" } }],
    });
    expect(found[0]).toMatch(/^E_VALUE_(?:TYPE|DEPTH) flow\[0\]\.args\.stock\.value/);
  }
  for (const value of [undefined, null, 3, "text", [], () => 1]) {
    expect((await foundIn(value)).length).toBeGreaterThan(0);
  }
});

test("where a value comes from is told by its path", async () => {
  const found = await foundIn({
    ...HEAD,
    vars: { n: "x" },
    flow: [{ invoke: "Shop.sell", args: { item: "x", count: "\x24{n}" }, expect: { case: "Success" } }],
  });
  expect(found).toEqual(["E_ARG_TYPE flow[0].args.count: the arg count of Shop.sell is declared as int"]);
});
