import {
  checkJson,
  type Json,
  MAX_DEPTH,
  parseStrict,
  pathIndex,
  pathKey,
  type Strict,
  setKey,
  toStrict,
  ValueError,
} from "../value/mod.ts";
import type { YamlFindings } from "./yaml_findings.ts";
import type { YamlMap, YamlNode, YamlScalar } from "./yaml_node.ts";

/**
 * The value of a node in the strict profile (scenarios.md §1). Everything in it that breaks a rule of the profile is a finding
 * (E_VALUE_…) at its place, with its path; then the value is undefined.
 *
 * @param path of the node, `$` for the whole
 */
export function strictValue(node: YamlNode, findings: YamlFindings, path = "$"): Strict | undefined {
  return new ValueWalk<Strict>(findings, strictScalar, true).value(node, path, 0);
}

/** The same in the general profile, where null and floats are values and an int becomes the nearest double. */
export function generalValue(node: YamlNode, findings: YamlFindings, path = "$"): Json | undefined {
  return new ValueWalk<Json>(findings, generalScalar, false).value(node, path, 0);
}

class ValueWalk<V> {
  readonly #findings: YamlFindings;
  readonly #scalar: (scalar: YamlScalar) => V;
  readonly #normalises: boolean;

  constructor(findings: YamlFindings, scalar: (scalar: YamlScalar) => V, normalises: boolean) {
    this.#findings = findings;
    this.#scalar = scalar;
    this.#normalises = normalises;
  }

  value(node: YamlNode, path: string, depth: number): V | V[] | { [key: string]: V } | undefined {
    if (node.kind === "scalar") return this.#checked(node, path);
    if (depth === MAX_DEPTH) {
      this.#findings.add("E_VALUE_DEPTH", `more than ${MAX_DEPTH} nested arrays and objects`, node);
      return undefined;
    }
    if (node.kind === "map") return this.#object(node, path, depth);
    const items = node.items.map((item, index) => this.value(item, path + pathIndex(index), depth + 1));
    return items.every((item) => item !== undefined) ? (items as V[]) : undefined;
  }

  #object(node: YamlMap, path: string, depth: number): { [key: string]: V } | undefined {
    const object: { [key: string]: V } = {};
    let isWhole = true;
    for (const { key: given, keyStart, value: child } of node.entries) {
      if (!given.isWellFormed()) {
        this.#tell(() => checkJson({ [given]: true }), path, keyStart);
        isWhole = false;
      }
      const key = this.#normalises ? given.normalize("NFC") : given;
      const at = path + pathKey(key);
      if (Object.hasOwn(object, key)) {
        const message = `${at} is given twice; an object has each key once, and keys are normalised to NFC first`;
        this.#findings.add("E_VALUE_DUPLICATE_KEY", message, keyStart);
      }
      const value = this.value(child, at, depth + 1);
      if (value === undefined || Object.hasOwn(object, key)) isWhole = false;
      else setKey(object, key, value as V);
    }
    return isWhole ? object : undefined;
  }

  #checked(node: YamlScalar, path: string): V | undefined {
    return this.#tell(() => this.#scalar(node), path, node);
  }

  /** What `read` gives; what it throws is a finding. It looks at a part by itself, whose own path is the whole. */
  #tell<T>(read: () => T, path: string, at: YamlScalar | number): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const message = error.message.replace(/^\$/, () => path);
      this.#findings.add(error.code, message, at, { help: error.help });
      return undefined;
    }
  }
}

function strictScalar({ value, literal }: YamlScalar): Strict {
  // Through its text, because `2.0` is a float and JavaScript's 2 is not.
  return typeof value === "number" && JSON_FLOAT.test(literal) ? parseStrict(literal) : toStrict(value);
}
const JSON_FLOAT = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function generalScalar({ value }: YamlScalar): Json {
  return checkJson(typeof value === "bigint" ? Number(value) : value);
}
