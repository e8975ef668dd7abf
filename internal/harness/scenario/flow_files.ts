import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Diagnostic } from "../../diag/mod.ts";
import { loadMocksDocument, readMocks } from "../../engine/mod.ts";
import {
  checkInputs,
  FlowInputError,
  type FlowIr,
  findFlow,
  type JsonPath,
  type LoadedManifest,
  loadIr,
  loadManifest,
  type Problem,
  type ValueObject,
} from "../../flow/mod.ts";
import type { Json } from "../../value/mod.ts";
import { generalValue, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { hasLate } from "./read_run_step.ts";
import type { InvokeStep, LateStep, RunStep, ScenarioSpec, WrittenRun } from "./scenario_spec.ts";
import type { Where } from "./spec_paths.ts";

/** What `verify online` takes too where no manifest is named (flows §15). */
const MANIFEST = "out/dsl/manifest.json";

/**
 * Reads what the `run` steps of a scenario need: manifests, IR, mocks. Each file is read once. What is wrong with one keeps the
 * scenario from being run, as it would keep `plumb runtime run` (exit 2).
 */
export class FlowFiles {
  readonly #where: Where & { readonly folder: string };
  readonly #findings: YamlFindings;
  readonly #manifests = new Map<string, LoadedManifest | undefined>();
  readonly #flows = new Map<string, FlowIr | undefined>();
  readonly #mocks = new Map<string, Promise<Json | undefined>>();

  constructor(where: Where & { readonly folder: string }, findings: YamlFindings) {
    this.#where = where;
    this.#findings = findings;
  }

  async read(spec: ScenarioSpec<WrittenRun>): Promise<ScenarioSpec> {
    const flow = await Promise.all(spec.flow.map((step) => this.#step(step)));
    return { ...spec, flow: flow.flatMap((step) => step ?? []) };
  }

  async #step(step: InvokeStep | WrittenRun | LateStep): Promise<InvokeStep | RunStep | LateStep | undefined> {
    if (!("flowNode" in step)) return step;
    const { flow, flowNode, manifest, inputs, expect, file, pos } = step;
    const mocks = await Promise.all(step.mocks.map((node) => this.#mocksOf(node)));
    const ir = this.#flow(flow, flowNode, manifest);
    if (ir === undefined) return undefined;
    this.#checkInputs(ir, inputs, flowNode);
    return { flow, ir, inputs, mocks: mocks.flatMap((document) => document ?? []), expect, file, pos };
  }

  #flow(name: string, at: YamlNode, manifestNode: YamlNode | undefined): FlowIr | undefined {
    const given = manifestNode?.kind === "scalar" ? String(manifestNode.value) : MANIFEST;
    const path = this.#find(given);
    const key = `${path}\0${name}`;
    if (this.#flows.has(key)) return this.#flows.get(key);
    const ir = this.#told(manifestNode ?? at, () => {
      const manifest = this.#manifests.get(path) ?? loadManifest(path, this.#where.nameOf);
      this.#manifests.set(path, manifest);
      const loaded = loadIr(manifest, findFlow(manifest, name), this.#where.nameOf);
      this.#tell(loaded.findings, at);
      return loaded.ir;
    });
    this.#flows.set(key, ir);
    return ir;
  }

  #checkInputs(ir: FlowIr, node: YamlNode | undefined, at: YamlNode): void {
    // What captured variables make of them is seen when they run.
    if (node !== undefined && hasLate(node)) return;
    const inputs = node === undefined ? {} : generalValue(node, this.#findings);
    if (inputs === undefined) return;
    this.#place(checkInputs(ir.inputs_schema, inputs as ValueObject), node ?? at);
  }

  async #mocksOf(node: YamlNode): Promise<Json | undefined> {
    if (node.kind !== "scalar") {
      const document = generalValue(node, this.#findings);
      if (document !== undefined) this.#place(readMocks(document).problems, node);
      return document;
    }
    const path = this.#find(String(node.value));
    const known = this.#mocks.get(path) ?? this.#loadMocks(path, node);
    this.#mocks.set(path, known);
    return await known;
  }

  async #loadMocks(path: string, at: YamlNode): Promise<Json | undefined> {
    try {
      return await loadMocksDocument(path, this.#where.nameOf(path));
    } catch (error) {
      if (!(error instanceof FlowInputError)) throw error;
      this.#tell(error.diagnostics, at);
      return undefined;
    }
  }

  /** As specs are looked for: from the file that names it, else from the working directory (scenarios.md §7). */
  #find(given: string): string {
    const { folder, cwd } = this.#where;
    const near = resolve(folder, given);
    return existsSync(near) ? near : existsSync(resolve(cwd, given)) ? resolve(cwd, given) : near;
  }

  #told<T>(at: YamlNode, make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof FlowInputError)) throw error;
      this.#tell(error.diagnostics, at);
      return undefined;
    }
  }

  /** Where the step stands; what it needs has places of its own, which the message names. */
  #tell(findings: readonly Diagnostic[], at: YamlNode): void {
    for (const { code, level, message, file, pos, data } of findings) {
      const place = file === undefined ? "" : ` (${file}${pos === undefined ? "" : `:${pos.line}:${pos.column}`})`;
      const help = typeof data?.help === "string" ? data.help : undefined;
      this.#findings.add(code, `${message}${place}`, at, { level, help });
    }
  }

  #place(problems: readonly Problem[], root: YamlNode): void {
    for (const { code, level, path, message, help } of problems) {
      this.#findings.add(code, message, nodeAt(root, path), { level, help });
    }
  }
}

/** The node at a path, or the nearest around it. */
function nodeAt(root: YamlNode, path: JsonPath): YamlNode {
  let node = root;
  for (const step of path) {
    const inner =
      node.kind === "map"
        ? node.entries.find(({ key }) => key === String(step))?.value
        : node.kind === "list"
          ? node.items[Number(step)]
          : undefined;
    if (inner === undefined) break;
    node = inner;
  }
  return node;
}
