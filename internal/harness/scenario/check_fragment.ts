import { type Diagnostic, diagnostic } from "../../diag/mod.ts";
import { readFields } from "../../yaml/mod.ts";
import { FragmentFiles } from "./fragment_files.ts";
import { FragmentParts, isNull } from "./fragment_parts.ts";
import { inOrder } from "./in_order.ts";
import { PART_KEYS, readParts } from "./parts.ts";
import { readDocument } from "./read_document.ts";
import type { ScenarioOptions } from "./read_scenario.ts";
import { specList } from "./spec_list.ts";
import { SpecNames } from "./spec_names.ts";
import { Variables } from "./variables.ts";

/**
 * What is wrong with a fragment by itself, as far as that can be known without a scenario that uses it: variables that must be
 * given may be anything, and where no specs are listed any name may be right.
 */
export async function checkFragment(path: string, options: ScenarioOptions): Promise<readonly Diagnostic[]> {
  const file = options.nameOf(path);
  const document = await readDocument(path, file);
  if (document.kind === "unreadable") {
    const { code, message, pos } = document.error;
    return [diagnostic({ code, message: `${file} cannot be read: ${message}`, file, pos })];
  }
  const { node, findings } = document;
  const fields = node && readFields(node, "a fragment", PART_KEYS, findings);
  if (fields === undefined) return inOrder(findings.all);
  const fragments = new FragmentFiles(options);
  const uses = await fragments.uses(fields.get("use"), [path], findings);
  const parts = readParts(fields, path, uses, options, findings);
  const list = specList(parts);
  const specs = await options.specSets.load(list.paths);
  const variables = new Variables(parts.vars);
  for (const [name, variable] of parts.vars) if (isNull(variable.node)) variables.open(name);
  const names = new SpecNames(specs, list.isPartial || !list.isGiven);
  new FragmentParts().own(parts, { names, variables, findings, unknowns: { isMet: false } });
  return inOrder([...findings.all, ...fragments.findings.flatMap(({ all }) => all)]);
}
