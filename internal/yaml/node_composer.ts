import type { Pair, Scalar } from "yaml";
import { shownNode } from "./shown_node.ts";
import type { YamlFindings } from "./yaml_findings.ts";
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "./yaml_node.ts";

/** So many values may the aliases and merge keys of a document stand for: a small file must not become a large one. */
const MOST_EXPANDED = 100_000;
/** Deeper than any value may be (scenarios.md §1), so that nothing that walks through nodes runs out of stack. */
const MOST_DEPTH = 1_000;

/** Makes nodes out of one document of the `yaml` library: aliases, merge keys and duplicate keys are settled here. */
export class NodeComposer {
  readonly #yaml: typeof import("yaml");
  readonly #findings: YamlFindings;
  /** `open`: what the anchor names is not complete yet. */
  readonly #anchors = new Map<string, YamlNode | "open">();
  #expanded = 0;

  constructor(yaml: typeof import("yaml"), findings: YamlFindings) {
    this.#yaml = yaml;
    this.#findings = findings;
  }

  compose(node: unknown, near = 0, depth = 0): YamlNode {
    const { start, end } = rangeOf(node, near);
    if (depth === MOST_DEPTH) {
      this.#findings.add("E_YAML_SYNTAX", `more than ${MOST_DEPTH} nested collections`, start);
      return nothing(start);
    }
    if (this.#yaml.isAlias(node)) return this.#alias(node.source, start);
    const anchor = this.#yaml.isNode(node) && "anchor" in node ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, "open");
    const made = this.#make(node, start, end, depth);
    if (anchor !== undefined) this.#anchors.set(anchor, made);
    return made;
  }

  #make(node: unknown, start: number, end: number, depth: number): YamlNode {
    if (this.#yaml.isSeq(node)) {
      const items = node.items.map((item) => this.compose(item, start, depth + 1));
      return { kind: "list", items, start, end, size: sizeOf(items) };
    }
    if (this.#yaml.isMap(node)) return this.#map(node.items, start, end, depth);
    return this.#yaml.isScalar(node) ? scalar(node, start, end) : nothing(start);
  }

  #map(pairs: readonly Pair[], start: number, end: number, depth: number): YamlMap {
    const entries = new Map<string, YamlEntry>();
    const merged: YamlNode[] = [];
    for (const pair of pairs) {
      const key = this.compose(pair.key, start, depth + 1);
      const value = this.compose(pair.value, key.end, depth + 1);
      if (key.kind !== "scalar") {
        this.#findings.add("E_KEY_TYPE", `a key must be a text, found ${shownNode(key)}`, key);
      } else if (key.value === "<<" && key.style === "plain") {
        merged.push(value);
      } else {
        this.#own(entries, { key: keyText(key), keyStart: key.start, value });
      }
    }
    for (const value of merged) this.#merge(entries, value);
    const all = [...entries.values()];
    return { kind: "map", entries: all, start, end, size: sizeOf(all.map(({ value }) => value)) };
  }

  #own(entries: Map<string, YamlEntry>, entry: YamlEntry): void {
    if (entries.has(entry.key)) {
      this.#findings.add("E_YAML_DUPLICATE_KEY", `the key ${JSON.stringify(entry.key)} stands twice`, entry.keyStart);
    } else entries.set(entry.key, entry);
  }

  /** Own keys win over merged ones, and earlier mappings of a list over later ones. */
  #merge(entries: Map<string, YamlEntry>, value: YamlNode): void {
    // What aliases stand for is not known any more.
    if (this.#expanded > MOST_EXPANDED) return;
    for (const source of value.kind === "list" ? value.items : [value]) {
      if (source.kind !== "map") {
        this.#findings.add("E_KEY_TYPE", `<< merges mappings, found ${shownNode(source)}`, source);
      } else if (this.#affords(source.entries.length, value.start)) {
        for (const entry of source.entries) if (!entries.has(entry.key)) entries.set(entry.key, entry);
      }
    }
  }

  #alias(name: string, start: number): YamlNode {
    const named = this.#anchors.get(name);
    if (named === undefined || named === "open") {
      const why = named === undefined ? `no anchor &${name} stands before it` : "it stands inside what it names";
      this.#findings.add("E_YAML_SYNTAX", `the alias *${name} stands for nothing: ${why}`, start);
      return nothing(start);
    }
    return this.#affords(named.size, start) ? named : nothing(start);
  }

  #affords(nodes: number, start: number): boolean {
    const before = this.#expanded;
    this.#expanded += nodes;
    if (before <= MOST_EXPANDED && this.#expanded > MOST_EXPANDED) {
      const message = `from here on aliases stand for more than ${MOST_EXPANDED} values`;
      this.#findings.add("E_YAML_SYNTAX", message, start);
    }
    return this.#expanded <= MOST_EXPANDED;
  }
}

/** A float as it is written: `1.10` is a version, and not 1.1. */
function keyText({ value, literal }: YamlScalar): string {
  return typeof value === "number" ? literal : String(value);
}

function scalar({ value, source = "", type }: Scalar, start: number, end: number): YamlScalar {
  const isKnown = ["string", "boolean", "bigint", "number"].includes(typeof value);
  return {
    kind: "scalar",
    value: isKnown ? (value as YamlScalar["value"]) : null,
    literal: source,
    style: STYLES.get(type) ?? "plain",
    start,
    end,
    size: 1,
  };
}

const STYLES: ReadonlyMap<string | undefined, YamlScalar["style"]> = new Map([
  ["QUOTE_DOUBLE", "double"],
  ["QUOTE_SINGLE", "single"],
  ["BLOCK_LITERAL", "block"],
  ["BLOCK_FOLDED", "block"],
]);

function nothing(start: number): YamlScalar {
  return { kind: "scalar", value: null, literal: "", style: "plain", start, end: start, size: 1 };
}

function sizeOf(nodes: readonly YamlNode[]): number {
  return nodes.reduce((sum, { size }) => sum + size, 1);
}

function rangeOf(node: unknown, near: number): { start: number; end: number } {
  const range = typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
  const [start, end]: readonly unknown[] = Array.isArray(range) ? range : [];
  return { start: typeof start === "number" ? start : near, end: typeof end === "number" ? end : near };
}
