import type { DslSource } from "./dsl_source.ts";
import { parseDuration } from "./duration.ts";
import { requiredKey, scalarOf, topLevelKeys } from "./file_keys.ts";
import { entriesOf, type KeyEntry, type List, type Mapping } from "./layout.ts";
import { ParseFault, type Reading, reading } from "./parse_fault.ts";
import { readLayout } from "./read_layout.ts";
import { readSteps } from "./read_steps.ts";
import type { InputDeclaration, WdlFile } from "./wdl_file.ts";

/**
 * Reads a .wdl file (flows §1, §2). What is wrong is looked for in the order of the keys version, workflow, timeout, inputs,
 * outputs, steps, triggers; the first is the one `parse-error`.
 */
export function readWdl(source: DslSource): Reading<WdlFile> {
  return reading(source, () => {
    const layout = readLayout(source.text);
    const keys = topLevelKeys(layout);
    const version = scalarOf(requiredKey(keys, "version", layout));
    const workflow = scalarOf(requiredKey(keys, "workflow", layout));
    const timeoutMs = readTimeout(keys.get("timeout"));
    const inputs = readInputs(keys.get("inputs"));
    const outputs = readOutputs(keys.get("outputs"));
    const { steps, dropped } = readSteps(requiredKey(keys, "steps", layout).value);
    const triggers = readTriggers(keys.get("triggers"));
    return { kind: "wdl", source, layout, version, workflow, timeoutMs, inputs, outputs, steps, dropped, triggers };
  });
}

function readTimeout(entry: KeyEntry | undefined): number | undefined {
  if (entry === undefined) return undefined;
  const { value } = entry;
  const ms = value.kind === "scalar" ? parseDuration(value.text.trimEnd()) : undefined;
  if (ms === undefined) {
    throw new ParseFault("timeout is a duration such as 500ms, 30s, 5m or 1h", { at: value.at, ...lengthOf(value) });
  }
  return ms;
}

function readInputs(entry: KeyEntry | undefined): readonly InputDeclaration[] {
  return Array.from(namedEntries(entry, "inputs"), ({ key, at, value }) => {
    if (value.kind === "scalar") return { name: key, at, type: value };
    throw new ParseFault(`the type of input ${key} is a text on the same line, such as string`, { at: value.at });
  });
}

function readOutputs(entry: KeyEntry | undefined): readonly KeyEntry[] {
  return [...namedEntries(entry, "outputs")];
}

function readTriggers(entry: KeyEntry | undefined): Mapping | List | undefined {
  if (entry === undefined) return undefined;
  const { value } = entry;
  if (value.kind !== "scalar") return value;
  throw new ParseFault("triggers is a mapping or a list of triggers", { at: value.at, ...lengthOf(value) });
}

/** The entries of a mapping of the file's own level; what is wrong with one comes before what is wrong with the next. */
function* namedEntries(entry: KeyEntry | undefined, what: string): Generator<KeyEntry> {
  if (entry === undefined) return;
  const { value } = entry;
  if (value.kind !== "mapping") {
    const place = { at: value.at, ...lengthOf(value) };
    throw new ParseFault(`${what} is a mapping: deeper lines of the form name: value`, place);
  }
  for (const named of entriesOf(value)) {
    if (named.kind === "key") yield named;
    else {
      const place = { at: named.at, length: named.text.length };
      throw new ParseFault(`a line of ${what} is of the form name: value`, place);
    }
  }
}

function lengthOf(value: KeyEntry["value"]): { readonly length: number } {
  return { length: value.kind === "scalar" ? value.text.length : 0 };
}
