import { didYouMean } from "../diag/mod.ts";
import { shownNode } from "./shown_node.ts";
import type { YamlFindings } from "./yaml_findings.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "./yaml_node.ts";

/** The known keys of a mapping that are there. */
export interface Fields<Key extends string> {
  /** Where the mapping begins. */
  readonly start: number;
  get(key: Key): YamlNode | undefined;
  /** Where the key stands; the mapping's start if it does not. */
  keyStart(key: Key): number;
}

/**
 * A mapping with a fixed set of keys: E_KEY_UNKNOWN with did-you-mean, E_KEY_MISSING, and E_KEY_TYPE if it is no
 * mapping at all. What is left of it is returned, so that its parts are checked too.
 *
 * @param what as messages call it: `an output`
 * @param keys each `true` if it must be there
 */
export function readFields<Key extends string>(
  node: YamlNode,
  what: string,
  keys: Readonly<Record<Key, boolean>>,
  findings: YamlFindings,
): Fields<Key> | undefined {
  const entries = readEntries(node, what, findings);
  if (entries === undefined) return undefined;
  const known = Object.keys(keys);
  const found = new Map<string, YamlEntry>();
  for (const entry of entries) {
    if (Object.hasOwn(keys, entry.key)) found.set(entry.key, entry);
    else {
      const message = `unknown key ${JSON.stringify(entry.key)} in ${what}; it may have ${known.join(", ")}`;
      findings.add("E_KEY_UNKNOWN", message, entry.keyStart, { help: didYouMean(entry.key, known) });
    }
  }
  for (const [key, isRequired] of Object.entries(keys)) {
    if (isRequired && !found.has(key)) findings.add("E_KEY_MISSING", `${what} must have the key ${key}`, node);
  }
  return {
    start: node.start,
    get: (key) => found.get(key)?.value,
    keyStart: (key) => found.get(key)?.keyStart ?? node.start,
  };
}

/** The entries of a mapping with free keys; undefined, with E_KEY_TYPE, if it is none. */
export function readEntries(node: YamlNode, what: string, findings: YamlFindings): readonly YamlEntry[] | undefined {
  return node.kind === "map" ? node.entries : wrong(node, what, "a mapping", findings);
}

export function readItems(node: YamlNode, what: string, findings: YamlFindings): readonly YamlNode[] | undefined {
  return node.kind === "list" ? node.items : wrong(node, what, "a list", findings);
}

/** A list, or one thing that stands for a list of it. */
export function readOneOrMany(node: YamlNode): readonly YamlNode[] {
  return node.kind === "list" ? node.items : [node];
}

/** A text that is not blank; its node too, for places inside it. */
export function readText(
  node: YamlNode,
  what: string,
  findings: YamlFindings,
): (YamlScalar & { readonly value: string }) | undefined {
  if (node.kind !== "scalar" || typeof node.value !== "string") return wrong(node, what, "a text", findings);
  if (node.value.trim() === "") return wrong(node, what, "a text that is not blank", findings);
  return { ...node, value: node.value };
}

export function readBool(node: YamlNode, what: string, findings: YamlFindings): boolean | undefined {
  return node.kind === "scalar" && typeof node.value === "boolean"
    ? node.value
    : wrong(node, what, "true or false", findings);
}

/** An int of at least `least`, within what a number holds exactly. */
export function readInt(node: YamlNode, what: string, least: number, findings: YamlFindings): number | undefined {
  const value = node.kind === "scalar" && typeof node.value === "bigint" ? Number(node.value) : undefined;
  return value !== undefined && Number.isSafeInteger(value) && value >= least
    ? value
    : wrong(node, what, `an int of at least ${least}`, findings);
}

function wrong(node: YamlNode, what: string, expected: string, findings: YamlFindings): undefined {
  const isQuotable = expected.startsWith("a text") && node.kind === "scalar" && typeof node.value !== "string";
  const help = isQuotable && node.value !== null ? JSON.stringify(node.literal || String(node.value)) : undefined;
  findings.add("E_KEY_TYPE", `${what} must be ${expected}, found ${shownNode(node)}`, node, { help });
  return undefined;
}
