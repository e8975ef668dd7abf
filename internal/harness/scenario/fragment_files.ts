import { dirname, resolve } from "node:path";
import { keysOf, readFields, readItems, readText, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { PART_KEYS, type Parts, readParts, type Use } from "./parts.ts";
import { readDocument } from "./read_document.ts";
import { UseSchema } from "./scenario_schema.ts";
import type { Where } from "./spec_paths.ts";

/** The fragment files that one scenario uses, directly or by way of others; each is read once. */
export class FragmentFiles {
  readonly #where: Where;
  readonly #read = new Map<string, Parts | undefined>();
  readonly #findings = new Map<string, YamlFindings>();

  constructor(where: Where) {
    this.#where = where;
  }

  /** Absolute, of all files that are named. */
  get paths(): readonly string[] {
    return [...this.#read.keys()];
  }

  /** Of all files that were read. */
  get findings(): readonly YamlFindings[] {
    return [...this.#findings.values()];
  }

  /**
   * Reads the entries of `use` and the fragments that they name: E_SCN_USE, E_SCN_USE_CYCLE.
   *
   * @param trail the file that has them, and those that lead to it
   */
  async uses(
    node: YamlNode | undefined,
    trail: readonly [path: string, ...string[]],
    findings: YamlFindings,
  ): Promise<readonly Use[]> {
    const uses: Use[] = [];
    for (const item of node === undefined ? [] : (readItems(node, "use", findings) ?? [])) {
      const use = await this.#use(item, trail, findings);
      if (use !== undefined) uses.push(use);
    }
    return uses;
  }

  async #use(
    node: YamlNode,
    trail: readonly [path: string, ...string[]],
    findings: YamlFindings,
  ): Promise<Use | undefined> {
    const fields = readFields(node, "an entry of use", keysOf(UseSchema), findings);
    const fileNode = fields?.get("file");
    const file = fileNode && readText(fileNode, "file", findings);
    if (fields === undefined || file === undefined) return undefined;
    const path = resolve(dirname(trail[0]), file.value);
    const shown = this.#where.nameOf(path);
    const given = fields.get("with");
    const circle = trail.indexOf(path);
    if (circle >= 0) {
      const names = [...trail.slice(0, circle + 1).toReversed(), path].map(this.#where.nameOf);
      findings.add("E_SCN_USE_CYCLE", `these fragments use one another: ${names.join(" -> ")}`, file);
      return { at: file, shown, fragment: undefined, given };
    }
    if (!path.endsWith(SUFFIX)) {
      findings.add("E_SCN_USE", `${shown} is no fragment: its name does not end in ${SUFFIX}`, file);
      return { at: file, shown, fragment: undefined, given };
    }
    if (!this.#read.has(path)) this.#read.set(path, await this.#fragment(path, shown, file, trail, findings));
    return { at: file, shown, fragment: this.#read.get(path), given };
  }

  async #fragment(
    path: string,
    shown: string,
    at: YamlNode,
    trail: readonly [path: string, ...string[]],
    findings: YamlFindings,
  ): Promise<Parts | undefined> {
    if (trail.length > MOST_NESTED) {
      findings.add("E_SCN_USE", `more than ${MOST_NESTED} fragments that use one another`, at);
      return undefined;
    }
    const document = await readDocument(path, shown);
    if (document.kind === "unreadable") {
      findings.add("E_SCN_USE", `the fragment ${shown} cannot be read: ${document.error.message}`, at);
      return undefined;
    }
    this.#findings.set(path, document.findings);
    const fields = document.node && readFields(document.node, "a fragment", PART_KEYS, document.findings);
    if (fields === undefined) return undefined;
    const uses = await this.uses(fields.get("use"), [path, ...trail], document.findings);
    return readParts(fields, path, uses, this.#where, document.findings);
  }
}

const SUFFIX = ".fragment.yaml";
const MOST_NESTED = 100;
