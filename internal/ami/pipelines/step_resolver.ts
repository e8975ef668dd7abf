import { builtinWorkerHelp, type WorkerMeaning, type WorkerNames } from "../functions/mod.ts";
import type { Findings } from "../syntax/mod.ts";
import type { NodeKind } from "./graph.ts";
import type { StepInstance } from "./step_instance.ts";
import { KIND_NAMES, kindOf } from "./step_kind.ts";
import type { Mention } from "./step_mentions.ts";
import type { UnknownName, UnknownNames } from "./unknown_names.ts";

/** The steps of a body, and which of them each mention is about; undefined where that could not be told. */
export interface ResolvedSteps {
  /** In order of declaration. */
  readonly instances: readonly StepInstance[];
  readonly instanceOf: ReadonlyMap<Mention, StepInstance>;
}

/** Tells what every step of a body declares or refers to (pipelines §2). */
export function resolveSteps(
  mentions: readonly Mention[],
  names: WorkerNames,
  findings: Findings,
  unknown: UnknownNames,
): ResolvedSteps {
  const resolver = new StepResolver(names, findings, unknown);
  // A bare name refers to what is declared anywhere, so all declarations must be known before the first bare name is read.
  for (const mention of mentions) if (mention.declares) resolver.noteDeclaration(mention);
  for (const mention of mentions) resolver.declare(mention);
  const instanceOf = new Map<Mention, StepInstance>();
  for (const mention of mentions) {
    const instance = resolver.find(mention);
    if (instance !== undefined) instanceOf.set(mention, instance);
  }
  return { instances: resolver.instances, instanceOf };
}

type Declaration = Pick<StepInstance, "name" | "kind" | "worker" | "broken">;

class StepResolver {
  readonly instances: StepInstance[] = [];
  readonly #names: WorkerNames;
  readonly #findings: Findings;
  readonly #unknown: UnknownNames;
  readonly #declarations = new Map<Mention, Declaration>();
  readonly #declaredNames = new Set<string>();
  readonly #givenNames = new Set<string>();
  readonly #byMention = new Map<Mention, StepInstance>();
  readonly #byName = new Map<string, StepInstance[]>();

  constructor(names: WorkerNames, findings: Findings, unknown: UnknownNames) {
    this.#names = names;
    this.#findings = findings;
    this.#unknown = unknown;
  }

  noteDeclaration(mention: Mention): void {
    const declaration = this.#declarationOf(mention);
    this.#declarations.set(mention, declaration);
    this.#declaredNames.add(declaration.name);
    this.#checkGiven(mention);
  }

  /** Makes the instance that a mention declares, if it declares one: by its form, or as the first of its name. */
  declare(mention: Mention): void {
    const declaration = this.#declarations.get(mention);
    if (declaration !== undefined) {
      this.#byMention.set(mention, this.#add(declaration, mention));
      return;
    }
    const name = nameOf(mention);
    if (this.#declaredNames.has(name) || this.#byName.has(name)) return;
    const kind = kindOf(mention.word.text);
    const worker = kind === undefined ? this.#names.meaning(mention.word.text) : undefined;
    if (kind !== undefined || worker !== undefined) {
      this.#add({ name, kind: kind ?? "transform", worker, broken: false }, mention);
    } else this.#unknown.add(this.#unknownStep(mention));
  }

  find(mention: Mention): StepInstance | undefined {
    const own = this.#byMention.get(mention);
    if (own !== undefined) return own;
    const [instance, ...others] = this.#byName.get(nameOf(mention)) ?? [];
    if (others.length === 0) return instance;
    const { text } = mention.word;
    const message = `${text} may be any of ${others.length + 1} steps of that name; give the one that is meant a name of its own`;
    this.#findings.add("E_STEP_AMBIGUOUS", message, mention.word);
    return undefined;
  }

  #add(declaration: Declaration, { node, word }: Mention): StepInstance {
    const same = this.#byName.get(declaration.name) ?? [];
    const instance = { ...declaration, index: this.instances.length, id: same.length + 1, node, at: word };
    same.push(instance);
    this.#byName.set(declaration.name, same);
    this.instances.push(instance);
    return instance;
  }

  #declarationOf({ node, word, given }: Mention): Declaration {
    const named = (kind: NodeKind, own: string, worker?: WorkerMeaning, broken = false): Declaration => ({
      name: given?.text ?? own,
      kind,
      worker,
      broken,
    });
    const kind = kindOf(word.text);
    if (kind !== undefined) return named(kind, KIND_NAMES[kind]);
    const worker = this.#names.meaning(word.text);
    if (worker !== undefined) return named("transform", word.text, worker);
    if (hasMergeAttribute(node)) return named("collect", word.text);
    this.#unknown.add({
      name: word,
      code: "E_WORKER_UNDEFINED",
      message: () =>
        this.#givenNames.has(word.text)
          ? `${word.text} is a step already; its arguments and attributes stand where it is declared`
          : `${word.text} is no node kind and no function`,
      candidates: () => this.#knownNames(),
      help: builtinWorkerHelp(node),
    });
    return named("transform", word.text, undefined, true);
  }

  #checkGiven({ given, word }: Mention): void {
    if (given === undefined) return;
    const kind = kindOf(given.text);
    if (kind !== undefined) {
      const message = `a step cannot be named ${given.text}, because ${KIND_NAMES[kind]} is a node kind`;
      this.#findings.add("E_STEP_NAME", message, word);
    } else if (this.#givenNames.has(given.text)) {
      this.#findings.add("E_DUP_STEP", `another step of this pipeline is named ${given.text}`, word);
    }
    this.#givenNames.add(given.text);
  }

  #unknownStep({ node, word, before, after }: Mention): UnknownName {
    const { text } = word;
    const nothing = `${text} is no step of this pipeline, no node kind and no function`;
    const common = { name: word, candidates: () => this.#knownNames(), help: builtinWorkerHelp(node) };
    if (before !== "->" && after !== "->") return { ...common, code: "E_UNKNOWN_NODE", message: () => nothing };
    return before === undefined
      ? { ...common, code: "E_EDGE_UNDECLARED_FROM", message: () => `an edge leaves ${text}, but ${nothing}` }
      : { ...common, code: "E_EDGE_UNDECLARED_TO", message: () => `an edge goes to ${text}, but ${nothing}` };
  }

  *#knownNames(): Iterable<string> {
    yield* Object.values(KIND_NAMES);
    yield* this.#names.names();
    yield* this.#declaredNames;
  }
}

/** The name that a bare mention looks for; kinds match in any letter case. */
function nameOf({ word }: Mention): string {
  const kind = kindOf(word.text);
  return kind === undefined ? word.text : KIND_NAMES[kind];
}

function hasMergeAttribute({ args, attrs }: Mention["node"]): boolean {
  return (
    attrs.some(({ prefix }) => prefix === "merge") ||
    args.some(({ value }) => value.kind === "attr" && value.attr.prefix === "merge")
  );
}
