import { checkIr, type FlowIr, type ManifestEntry, manifestFacts, type Problem } from "../../flow/mod.ts";
import type { Json } from "../../value/mod.ts";
import {
  appliesPolicy,
  type CallStep,
  type DslFile,
  type DslIssue,
  dslIssue,
  type IssueFields,
  type PdlFile,
  stemOf,
  type WdlFile,
} from "../syntax/mod.ts";
import type { Artifact } from "./artifact.ts";
import { compileTriggers } from "./compile_triggers.ts";
import { draftFlow } from "./draft_flow.ts";
import { flowDocument, policyPath } from "./flow_document.ts";
import type { FlowDraft } from "./flow_draft.ts";
import { type CompiledPolicy, irDocument } from "./ir_document.ts";
import { DepthFault } from "./json_value.ts";
import { policyDocument } from "./policy_document.ts";
import { slug } from "./slug.ts";

export interface CompileOptions {
  /** Also Flow IR and the manifest. */
  readonly emitIr: boolean;
  /** RFC 3339 UTC: `generated_at` of both. */
  readonly generatedAt: string;
}

/** All artifacts in the order in which they are listed, or none and what is wrong. */
export interface Compiled {
  readonly artifacts: readonly Artifact[];
  readonly issues: readonly DslIssue[];
}

/** Compiles files that were read (flows §3): policies first, then flows, both in the order of their paths. */
export function compileFiles(files: readonly DslFile[], options: CompileOptions): Compiled {
  const sorted = [...files].sort((a, b) => order(a.source.path, b.source.path));
  const compiler = new Compiler(options);
  for (const file of sorted) if (file.kind === "pdl") compiler.policy(file);
  for (const file of sorted) if (file.kind === "wdl") compiler.flow(file);
  return compiler.finish();
}

class Compiler {
  readonly #options: CompileOptions;
  readonly #issues: DslIssue[] = [];
  readonly #policies = new Map<string, CompiledPolicy>();
  readonly #flowNames = new Map<string, string>();
  /** Path of an output -> the file it comes from. */
  readonly #outputs = new Map<string, string>();
  readonly #triggerIds = new Set<string>();
  readonly #documents: Artifact[] = [];
  readonly #triggers: Json[] = [];
  readonly #irs: Artifact[] = [];
  readonly #manifest: ManifestEntry[] = [];

  constructor(options: CompileOptions) {
    this.#options = options;
  }

  policy(file: PdlFile): void {
    const { source, layout } = file;
    const id = stemOf(source.path);
    const earlier = this.#policies.get(id);
    if (earlier !== undefined) {
      const message = `there is a policy ${id} already: ${earlier.source.path}`;
      this.#issue(file, { code: "duplicate-policy", message, at: layout.start });
      return;
    }
    const path = policyPath(id);
    this.#claim(file, path, layout.start);
    this.#guarded(file, () => {
      const document = policyDocument(file);
      this.#policies.set(id, { id, source, document });
      this.#documents.push({ kind: "policy", source: source.path, id, path, document });
    });
  }

  flow(file: WdlFile): void {
    const { source, workflow } = file;
    const name = workflow.text;
    const earlier = this.#flowNames.get(name);
    if (earlier !== undefined) {
      const message = `there is a flow ${name} already: ${earlier}`;
      this.#issue(file, { code: "duplicate-flow", message, at: workflow.at, length: name.length });
    }
    this.#flowNames.set(name, earlier ?? source.path);
    const base = `flows/${slug(name)}`;
    if (earlier === undefined) this.#claim(file, `${base}.yaml`, workflow.at);

    const { triggers, issues } = compileTriggers(file, this.#triggerIds);
    this.#triggers.push(...triggers);
    const drafted = draftFlow(file);
    this.#issues.push(...issues, ...("issues" in drafted ? drafted.issues : []));
    if ("issues" in drafted) return;
    this.#unknownPolicies(file, drafted.draft);
    this.#guarded(file, () => this.#flowDocuments(file, drafted.draft, base));
  }

  finish(): Compiled {
    if (this.#issues.some(({ level }) => level === "error")) return { artifacts: [], issues: this.#issues };
    const artifacts = [...this.#documents];
    if (this.#triggers.length > 0) {
      const document = { triggers: this.#triggers };
      artifacts.push({ kind: "trigger", source: undefined, id: "triggers", path: "triggers.yaml", document });
    }
    if (this.#options.emitIr) {
      const document = this.#manifest as Json[];
      artifacts.push({ kind: "manifest", source: undefined, id: "flows", path: "manifest.json", document });
    }
    return { artifacts: [...artifacts, ...this.#irs], issues: this.#issues };
  }

  #flowDocuments(file: WdlFile, draft: FlowDraft, base: string): void {
    const { source, workflow } = file;
    const policyOf = (step: CallStep) => this.#policyOf(step, source.path);
    const document = flowDocument(file, draft, policyOf);
    this.#documents.push({ kind: "flow", source: source.path, id: workflow.text, path: `${base}.yaml`, document });
    if (!this.#options.emitIr) return;
    const { generatedAt } = this.#options;
    const ir = irDocument(file, draft, { policyOf, policies: this.#policies, generatedAt });
    for (const problem of checkIr(ir).problems) this.#irProblem(file, draft, problem);
    const path = `${base}.ir.json`;
    // The members that a valibot type leaves open hold nothing but JSON.
    this.#irs.push({ kind: "ir", source: source.path, id: workflow.text, path, document: ir as Json });
    this.#manifest.push(manifestEntry(ir, path));
  }

  /** The policy that a step applies: the one its option names, else that of the file's own name (flows §3). */
  #policyOf(step: CallStep, path: string): string | undefined {
    if (!appliesPolicy(step)) return undefined;
    const id = step.policy?.name.text ?? stemOf(path);
    return this.#policies.has(id) ? id : undefined;
  }

  #unknownPolicies(file: WdlFile, { nodes }: FlowDraft): void {
    for (const node of nodes) {
      if (node.kind !== "call" || !appliesPolicy(node.step) || node.step.policy === undefined) continue;
      const { text, at } = node.step.policy.name;
      if (this.#policies.has(text)) continue;
      const message = `there is no ${text}.pdl among the files, beside ${file.source.path} or in a folder policies beside its folder`;
      this.#issue(file, { code: "unknown-policy", message, at, length: text.length });
    }
  }

  #irProblem(file: WdlFile, draft: FlowDraft, { code, level, path, message, help }: Problem): void {
    if (level !== "error") return;
    const [graph, nodes, number] = path;
    const node = graph === "graph" && nodes === "nodes" ? draft.nodes[Number(number)] : undefined;
    this.#issue(file, { code, message, at: node?.at ?? file.workflow.at, help });
  }

  #claim(file: DslFile, path: string, at: number): void {
    const earlier = this.#outputs.get(path);
    if (earlier === undefined) this.#outputs.set(path, file.source.path);
    else {
      const message = `it would be written to ${path}, as ${earlier} would`;
      this.#issue(file, { code: "duplicate-output", message, at });
    }
  }

  #guarded(file: DslFile, make: () => void): void {
    try {
      make();
    } catch (error) {
      if (!(error instanceof DepthFault)) throw error;
      this.#issue(file, { code: "E_VALUE_DEPTH", message: error.message, at: error.at });
    }
  }

  #issue(file: DslFile, fields: IssueFields): void {
    this.#issues.push(dslIssue(file.source, fields));
  }
}

function manifestEntry(ir: FlowIr, path: string): ManifestEntry {
  const { name, policyRef, step_kinds, inputs_schema_hash } = manifestFacts(ir);
  const { source_file, generated_at, sources } = ir.metadata;
  return {
    name,
    source_file,
    policyRef,
    step_kinds,
    inputs_schema_hash,
    ir_path: path,
    generated_at,
    ...(sources === undefined ? {} : { sources }),
  };
}

/** By UTF-16 code unit. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
