import { expect, test } from "bun:test";
import { join } from "node:path";
import { loadScenario } from "./load_scenario.ts";
import { said, withSample } from "./sample_scenarios.ts";

const SPEC = (name: string) => `concept: ${name}\npurpose: p\nactions: {f: {outputs: [{case: Done, effects: []}]}}\n`;
const flowOf = (name: string) => `flow: [{invoke: ${name}.f, expect: {case: Done}}]\n`;

/** Loads a scenario in the folder `in`, from a working directory above it. */
function load(specs: string, name: string) {
  const files = {
    "in/a.scenario.yaml": `name: a\nspecs: ${specs}\n${flowOf(name)}`,
    "in/x.concept.yaml": SPEC("Inner"),
    "x.concept.yaml": SPEC("Outer"),
    "y.concept.yaml": SPEC("Yonder"),
    "all/deep/z.concept.yaml": SPEC("Deep"),
    "notes.txt": "",
  };
  return withSample(files, async (folder, options) => {
    const { findings, specs: set } = await loadScenario(join(folder, "in/a.scenario.yaml"), options);
    return { found: said(findings), messages: findings.map(({ message }) => message), concepts: set.concepts };
  });
}

test("a spec is looked for beside the scenario, then in the working directory", async () => {
  expect((await load("[x.concept.yaml]", "Inner")).found).toEqual([]);
  expect((await load("[y.concept.yaml]", "Yonder")).found).toEqual([]);
  expect((await load("[../x.concept.yaml]", "Outer")).found).toEqual([]);
  expect((await load("[all]", "Deep")).found).toEqual([]);
});

test("one that is in neither place is told with both, and nothing is said of names that it may have had", async () => {
  const { found, messages } = await load("[nosuch.concept.yaml, x.concept.yaml]", "Nosuch");
  expect(found).toEqual(["in/a.scenario.yaml E_SCN_SPEC_NOT_FOUND 2:9"]);
  expect(messages).toEqual([
    "there is no nosuch.concept.yaml: looked for in/nosuch.concept.yaml and nosuch.concept.yaml",
  ]);
});

test("other files are no specs, and what is no text is no path", async () => {
  expect((await load("[notes.txt]", "X")).found).toEqual(["in/a.scenario.yaml E_SPEC_FORMAT 2:9"]);
  expect((await load("[3, x.concept.yaml]", "Inner")).found).toEqual(['in/a.scenario.yaml E_KEY_TYPE 2:9 "3"']);
  expect((await load("x.concept.yaml", "Inner")).found).toEqual(["in/a.scenario.yaml E_KEY_TYPE 2:8"]);
});
