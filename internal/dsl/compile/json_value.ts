import { type Json, setKey } from "../../value/mod.ts";
import { entriesOf, type Mapping, type Node } from "../syntax/mod.ts";

/**
 * Levels of mappings and lists in a value of the source. Documents hold at most 256 containers in each other (scenarios.md
 * §1); what stands around a value takes the rest.
 */
const MAX_NESTING = 240;

/** Something is nested deeper than documents can be. */
export class DepthFault extends Error {
  constructor(
    /** UTF-16 index into the text. */
    readonly at: number,
    most: number,
  ) {
    super(`more than ${most} levels are nested here: no document holds them`);
  }
}

/** What becomes of the text of a scalar. */
export type ScalarRule = (text: string) => string;

const VERBATIM: ScalarRule = (text) => text;

/**
 * A value as documents have it: every scalar is a text, as it is written (flows §3). Bare lines are no entries.
 *
 * @throws DepthFault
 */
export function jsonObject(node: Mapping, scalar: ScalarRule = VERBATIM): { [key: string]: Json } {
  return objectOf(node, scalar, 1);
}

/** As {@link jsonObject}, of any node. */
export function jsonValue(node: Node, scalar: ScalarRule = VERBATIM): Json {
  return nodeJson(node, scalar, 0);
}

function nodeJson(node: Node, scalar: ScalarRule, depth: number): Json {
  if (node.kind === "scalar") return scalar(node.text);
  if (depth === MAX_NESTING) throw new DepthFault(node.at, MAX_NESTING);
  if (node.kind === "list") return node.items.map((item) => nodeJson(item, scalar, depth + 1));
  return objectOf(node, scalar, depth + 1);
}

function objectOf(node: Mapping, scalar: ScalarRule, depth: number): { [key: string]: Json } {
  const object: { [key: string]: Json } = {};
  for (const entry of entriesOf(node)) {
    if (entry.kind === "key") setKey(object, entry.key, nodeJson(entry.value, scalar, depth));
  }
  return object;
}
