import { isPlainObject, pathIndex, pathKey } from "../../value/mod.ts";
import type { YamlEntry, YamlFindings, YamlNode, YamlScalar } from "../../yaml/mod.ts";
import { ObjectFindings } from "./object_findings.ts";

/** More nested arrays and objects than any value may have. */
const MOST_DEPTH = 300;

/** A JavaScript value as nodes of a YAML file would say it. */
export interface ObjectText {
  readonly node: YamlNode;
  /** They name paths: `flow[0].args.quantity`. */
  readonly findings: YamlFindings;
}

/** Makes nodes of a JavaScript value; what YAML could not say is E_VALUE_TYPE. `name`: as findings call it. */
export function objectText(value: unknown, name: string): ObjectText {
  const paths: string[] = [];
  const findings = new ObjectFindings(name, paths);
  return { node: new ObjectNodes(paths, findings).make(value, "", 0), findings };
}

class ObjectNodes {
  readonly #paths: string[];
  readonly #findings: YamlFindings;

  constructor(paths: string[], findings: YamlFindings) {
    this.#paths = paths;
    this.#findings = findings;
  }

  make(value: unknown, path: string, depth: number): YamlNode {
    const start = this.#paths.push(path) - 1;
    if (depth > MOST_DEPTH) {
      this.#findings.add("E_VALUE_DEPTH", `more than ${MOST_DEPTH} nested arrays and objects`, start);
      return scalarOf("", "", start);
    }
    if (Array.isArray(value)) {
      // A hole of a sparse array is undefined.
      const items = Array.from(value, (item: unknown, index) => this.make(item, path + pathIndex(index), depth + 1));
      return { kind: "list", items, start, end: start, size: sizeOf(items) };
    }
    if (typeof value === "object" && value !== null && isPlainObject(value)) {
      const entries = Object.entries(value).flatMap((entry) => this.#entry(entry, path, depth));
      return { kind: "map", entries, start, end: start, size: sizeOf(entries.map((entry) => entry.value)) };
    }
    return this.#scalar(value, start);
  }

  /** A property that is undefined is not there. */
  #entry([key, value]: readonly [string, unknown], path: string, depth: number): readonly YamlEntry[] {
    if (value === undefined) return [];
    const step = pathKey(key);
    const node = this.make(value, path === "" && step.startsWith(".") ? step.slice(1) : path + step, depth + 1);
    return [{ key, keyStart: node.start, value: node }];
  }

  #scalar(value: unknown, start: number): YamlScalar {
    if (value === null || typeof value === "string" || typeof value === "boolean") {
      return scalarOf(value, String(value), start);
    }
    if (typeof value === "bigint") return scalarOf(value, String(value), start);
    if (typeof value === "number") {
      return scalarOf(Number.isSafeInteger(value) ? BigInt(value) : value, String(value), start);
    }
    const message = `a ${typeof value} is no value; there are strings, numbers, bigints, booleans, arrays and plain objects`;
    this.#findings.add("E_VALUE_TYPE", message, start);
    return scalarOf("", "", start);
  }
}

function scalarOf(value: YamlScalar["value"], literal: string, start: number): YamlScalar {
  return { kind: "scalar", value, literal, style: "double", start, end: start, size: 1 };
}

function sizeOf(nodes: readonly YamlNode[]): number {
  return nodes.reduce((sum, { size }) => sum + size, 1);
}
