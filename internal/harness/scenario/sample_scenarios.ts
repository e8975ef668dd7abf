import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { Diagnostic } from "../../diag/mod.ts";
import { loadScenario, type ScenarioFile } from "./load_scenario.ts";
import type { ScenarioOptions } from "./read_scenario.ts";
import type { InvokeStep, ScenarioSpec } from "./scenario_spec.ts";
import { SpecSets } from "./spec_sets.ts";

// For the tests of this room: files in a folder that is gone afterwards, and what is found in them.

/** A concept and a sync that scenarios can name. */
const SHOP = `
concept: Shop
purpose: Sell things.
state:
  Stock: {key: item, fields: {item: string, left: int}}
actions:
  sell:
    args: {item: string, count: int}
    outputs:
      - {case: Success, fields: {left: int, tags: list<string>, note: object}, effects: [], result: {left: "1", tags: "'[]'", note: "'{}'"}}
      - {case: SoldOut, fields: {item: string}, when: "0", result: {item: ":item"}}
  tell:
    outputs: [{case: Done, effects: []}]
  fill:
    args: {stock: object}
    outputs: [{case: Success, effects: []}]
---
sync: tell-when-sold-out
when: {action: Shop.sell, case: SoldOut, bind: {item: output.item}}
then: {action: Shop.fill, args: {stock: {item: bound.item}}}
`;

/** A folder with the specs and these files in it, as long as `use` runs. */
export async function withSample<T>(
  files: Readonly<Record<string, string>>,
  use: (folder: string, options: ScenarioOptions) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "plumb-scenario-"));
  try {
    for (const [name, text] of Object.entries({ "shop.concept.yaml": SHOP, ...files })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const nameOf = (path: string) => relative(folder, path) || ".";
    const specSets = new SpecSets(nameOf, { exports: () => ({ code: "E_SPEC_HANDLER", message: "no modules" }) });
    return await use(folder, { cwd: folder, nameOf, specSets });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Loads `a.scenario.yaml`. */
export function loadSample(files: Readonly<Record<string, string>>): Promise<ScenarioFile> {
  return withSample(files, (folder, options) => loadScenario(join(folder, "a.scenario.yaml"), options));
}

/** Keys that every scenario here has, on one line each. */
export const HEAD = "name: a\nspecs: [shop.concept.yaml]\n";

/** What is found in one scenario, behind its {@link HEAD}: lines count from it. */
export async function foundIn(text: string, files: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  return said((await loadSample({ ...files, "a.scenario.yaml": HEAD + text })).findings);
}

/** `CODE line:column`, with the help if there is one, behind the file if it is another than the scenario's. */
export function said(findings: readonly Diagnostic[]): readonly string[] {
  return findings.map(({ code, file, pos, data }) => {
    const help = data?.help === undefined ? "" : ` ${data.help}`;
    const where = file === "a.scenario.yaml" ? "" : `${file} `;
    return `${where}${code} ${pos?.line}:${pos?.column}${help}`;
  });
}

/** The first case of one scenario that has no findings. */
export async function caseOf(text: string, files: Readonly<Record<string, string>> = {}): Promise<ScenarioSpec> {
  const { cases, findings } = await loadSample({ ...files, "a.scenario.yaml": HEAD + text });
  const [first] = cases;
  if (first === undefined) throw new Error(`it has findings: ${findings.map(({ message }) => message).join("; ")}`);
  return first;
}

/** The steps of its flow that are known as a whole. */
export function stepsOf({ flow }: ScenarioSpec): readonly InvokeStep[] {
  return flow.filter((step): step is InvokeStep => !("late" in step));
}
