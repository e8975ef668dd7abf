import { dirname } from "node:path";
import { type Fields, keysOf, readItems, shownNode, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { readVars } from "./read_vars.ts";
import { FragmentSchema } from "./scenario_schema.ts";
import { readSpecPaths, type SpecPaths, type Where } from "./spec_paths.ts";
import type { Variable } from "./variables.ts";

/** The keys that a scenario and a fragment have in common (scenarios.md §7). */
export const PART_KEYS = keysOf(FragmentSchema);
export type PartKey = keyof typeof PART_KEYS;

/** What they hold: paths are looked up, steps and assertions are as they are written. */
export interface Parts {
  readonly findings: YamlFindings;
  readonly vars: ReadonlyMap<string, Variable>;
  readonly uses: readonly Use[];
  /** undefined: there is no such key. */
  readonly specs: SpecPaths | undefined;
  readonly stubs: YamlNode | undefined;
  readonly setup: readonly YamlNode[];
  readonly assertions: readonly YamlNode[];
}

/** An entry of `use`. */
export interface Use {
  readonly at: YamlNode;
  /** As messages call the fragment. */
  readonly shown: string;
  /** undefined: it cannot be read, which is told. */
  readonly fragment: Parts | undefined;
  /** What stands under `with`. */
  readonly given: YamlNode | undefined;
}

/** @param path of the file; @param uses the fragments that it uses, read */
export function readParts(
  fields: Fields<PartKey>,
  path: string,
  uses: readonly Use[],
  where: Where,
  findings: YamlFindings,
): Parts {
  readVersion(fields.get("version"), findings);
  const specs = fields.get("specs");
  const list = (key: "setup" | "assertions") => {
    const node = fields.get(key);
    return node === undefined ? [] : (readItems(node, key, findings) ?? []);
  };
  return {
    findings,
    vars: readVars(fields.get("vars"), findings),
    uses,
    specs: specs && readSpecPaths(specs, dirname(path), where, findings),
    stubs: fields.get("stubs"),
    setup: list("setup"),
    assertions: list("assertions"),
  };
}

function readVersion(node: YamlNode | undefined, findings: YamlFindings): void {
  if (node === undefined || (node.kind === "scalar" && node.value === 1n)) return;
  findings.add("E_SCN_VERSION", `version must be 1, found ${shownNode(node)}`, node, { help: "1" });
}
