import { type Deep, into, runDeep } from "./deep.ts";
import type { DslSource } from "./dsl_source.ts";
import { requiredKey, scalarOf, topLevelKeys } from "./file_keys.ts";
import { entriesOf, type KeyEntry, type Mapping, type Node } from "./layout.ts";
import { ParseFault, type Reading, reading } from "./parse_fault.ts";
import type { Arm, PdlFile } from "./pdl_file.ts";
import { readLayout } from "./read_layout.ts";
import { readStatements } from "./read_statements.ts";

/**
 * Reads a .pdl file (flows §1, §4). What is wrong is looked for in the order of the keys version, arms, epsilon, evaluate,
 * emit; the first is the one `parse-error`.
 */
export function readPdl(source: DslSource): Reading<PdlFile> {
  return reading(source, () => {
    const layout = readLayout(source.text);
    const keys = topLevelKeys(layout);
    const version = scalarOf(requiredKey(keys, "version", layout));
    const arms = readArms(requiredKey(keys, "arms", layout));
    const epsilon = readEpsilon(keys.get("epsilon"));
    const evaluate = readStatements(mappingOf(requiredKey(keys, "evaluate", layout)));
    const emit = mappingOf(requiredKey(keys, "emit", layout));
    runDeep(checkNames(emit, "emit"));
    return { kind: "pdl", source, layout, version, arms, epsilon, evaluate, emit };
  });
}

function readArms(entry: KeyEntry): readonly Arm[] {
  return entriesOf(mappingOf(entry)).map((arm) => {
    if (arm.kind === "bare") throw nameless(arm, "arms");
    const fields = mappingOf(arm);
    runDeep(checkNames(fields, `arm ${arm.key}`));
    return { name: arm.key, at: arm.at, fields };
  });
}

function readEpsilon(entry: KeyEntry | undefined): PdlFile["epsilon"] {
  return entry === undefined ? undefined : scalarOf(entry);
}

/** Throws at the first line of a mapping that has no name, however deep it is nested. */
function* checkNames(node: Node, what: string): Deep<void> {
  if (node.kind === "list") for (const item of node.items) yield* into(checkNames(item, what));
  if (node.kind !== "mapping") return;
  for (const entry of node.entries) {
    if (entry.kind === "bare") throw nameless(entry, what);
    if (entry.value.kind !== "scalar") yield* into(checkNames(entry.value, what));
  }
}

/** The mapping that a key has. */
function mappingOf({ key, value }: KeyEntry): Mapping {
  if (value.kind === "mapping") return value;
  const length = value.kind === "scalar" ? value.text.length : 0;
  const found = value.kind === "list" ? "a list" : "a text";
  throw new ParseFault(`${key} is a mapping on deeper lines; found ${found}`, { at: value.at, length });
}

function nameless({ at, text }: { readonly at: number; readonly text: string }, what: string): ParseFault {
  return new ParseFault(`a line of ${what} is of the form name: value`, { at, length: text.length });
}
