import { dirname, join, resolve } from "node:path";
import { readText, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import type { ScenarioFile } from "./load_scenario.ts";
import { objectText } from "./object_nodes.ts";
import { readScenario, type ScenarioOptions } from "./read_scenario.ts";

/** What findings call a scenario that is no file. */
const NAME = "scenario";

/**
 * A scenario out of a JavaScript object with the YAML keys, and `base_dir` for relative paths, by default the working
 * directory (scenarios.md §9). Its findings name paths: `flow[0].args.quantity: …`. Golden files are named after its name.
 */
export async function scenarioOf(object: unknown, options: ScenarioOptions): Promise<ScenarioFile> {
  const { node: whole, findings } = objectText(object, NAME);
  const { node, folder } = withoutBase(whole, options.cwd, findings);
  const path = join(folder, NAME);
  const read = await readScenario({ node, path, stem: stemOf(node), findings }, options);
  return { path, file: NAME, package: options.nameOf(dirname(path)), ...read };
}

function withoutBase(
  node: YamlNode,
  cwd: string,
  findings: YamlFindings,
): { readonly node: YamlNode; readonly folder: string } {
  const base = node.kind === "map" ? node.entries.find(({ key }) => key === "base_dir") : undefined;
  if (node.kind !== "map" || base === undefined) return { node, folder: cwd };
  const folder = readText(base.value, "base_dir", findings)?.value ?? ".";
  return { node: { ...node, entries: node.entries.filter((entry) => entry !== base) }, folder: resolve(cwd, folder) };
}

function stemOf(node: YamlNode): string {
  const name = node.kind === "map" ? node.entries.find(({ key }) => key === "name")?.value : undefined;
  const text = name?.kind === "scalar" && typeof name.value === "string" ? name.value : NAME;
  return text.replaceAll(/[^A-Za-z0-9_.-]/g, "_");
}
