import {
  type CallStep,
  type Deep,
  type DslIssue,
  dslIssue,
  type IssueFields,
  into,
  runDeep,
  type Step,
  type WdlFile,
  type WhenStep,
} from "../syntax/mod.ts";
import { type Exits, eachExit } from "./exits.ts";
import { DEFAULT_CASE, type DraftEdge, type DraftNode, type FlowDraft } from "./flow_draft.ts";

/** A graph, or everything that keeps the flow from having one. */
export type Drafted = { readonly draft: FlowDraft } | { readonly issues: readonly DslIssue[] };

/** Draws the graph of a flow (flows §3, Graph): the algorithm of the page, word by word. */
export function draftFlow(file: WdlFile): Drafted {
  const drafter = new Drafter(file);
  const draft = drafter.flow();
  return drafter.issues.length > 0 ? { issues: drafter.issues } : { draft };
}

/** A node at which something ends, and of a switch the case. */
interface Exit {
  readonly from: string;
  readonly case: string | undefined;
}

/** Where a step or a sequence begins, and how it may end. */
interface Stretch {
  readonly entry: string;
  readonly exits: Exits<Exit>;
}

class Drafter {
  readonly issues: DslIssue[] = [];
  readonly #file: WdlFile;
  readonly #nodes: DraftNode[] = [];
  readonly #ids = new Set<string>();
  readonly #edges: DraftEdge[] = [];
  readonly #cases = new Map<string, Map<string, string>>();
  /** Exits of handlers that go straight to the outputs. */
  readonly #early: Exits<Exit>[] = [];
  #counter = 0;

  constructor(file: WdlFile) {
    this.#file = file;
  }

  flow(): FlowDraft {
    const { steps, outputs, layout } = this.#file;
    const { entry, exits } = runDeep(this.#sequence(steps, layout.start));
    const emit = this.#newId("emit");
    this.#add({ kind: "emit", id: emit, at: outputs[0]?.at ?? layout.start });
    this.#link(exits, emit);
    for (const early of this.#early) this.#link(early, emit);
    const finish = this.#newId("finish");
    this.#add({ kind: "finish", id: finish, at: layout.start });
    this.#link({ from: emit, case: undefined }, finish);
    return { entry, nodes: this.#nodes, edges: this.#edges };
  }

  /** @param owner where to complain about a sequence without steps */
  *#sequence(steps: readonly Step[], owner: number): Deep<Stretch> {
    let whole: Stretch | undefined;
    for (const step of steps) {
      const next: Stretch = yield* into(step.kind === "call" ? this.#call(step) : this.#when(step));
      if (whole !== undefined) this.#link(whole.exits, next.entry);
      whole = { entry: whole?.entry ?? next.entry, exits: next.exits };
    }
    if (whole !== undefined) return whole;
    this.#issue({ code: "empty-branch", message: "there is no step in it", at: owner });
    return { entry: "", exits: { from: "", case: undefined } };
  }

  *#call(step: CallStep): Deep<Stretch> {
    const { id, at, onFailure } = step;
    if (this.#ids.has(id.text)) {
      const message = `there is a step ${id.text} already`;
      this.#issue({ code: "duplicate-step-id", message, at, length: id.text.length });
    }
    this.#add({ kind: "call", id: id.text, at, step });
    const self: Exit = { from: id.text, case: undefined };
    if (onFailure === undefined) return { entry: id.text, exits: self };
    const { entry, exits } = yield* into(this.#sequence(onFailure.steps, onFailure.at));
    this.#edges.push({ from: id.text, to: entry, on: "failure", case: undefined });
    if (onFailure.finish) this.#early.push(exits);
    return { entry: id.text, exits: onFailure.finish ? self : [self, exits] };
  }

  *#when(when: WhenStep): Deep<Stretch> {
    const { condition, at } = when;
    const id = this.#newId("when");
    const cases = new Map<string, string>();
    this.#add({ kind: "switch", id, at, when, cases });
    this.#cases.set(id, cases);
    const { entry, exits } = yield* into(this.#sequence(when.steps, at));
    if (condition.kind === "fault") this.#issue({ ...condition, code: "bad-condition" });
    else {
      for (const { value } of condition.literals) {
        cases.set(value, entry);
        this.#edges.push({ from: id, to: entry, on: "success", case: value });
      }
    }
    return { entry: id, exits: [exits, { from: id, case: DEFAULT_CASE }] };
  }

  /** `prefix_N` with the counter, or with the next number that no earlier node has. */
  #newId(prefix: string): string {
    for (;;) {
      const id = `${prefix}_${this.#counter}`;
      this.#counter += 1;
      if (!this.#ids.has(id)) return id;
    }
  }

  #add(node: DraftNode): void {
    this.#ids.add(node.id);
    this.#nodes.push(node);
  }

  #link(exits: Exits<Exit>, to: string): void {
    for (const exit of eachExit(exits)) {
      this.#edges.push({ from: exit.from, to, on: "success", case: exit.case });
      const cases = exit.case === undefined ? undefined : this.#cases.get(exit.from);
      if (exit.case !== undefined && cases?.has(exit.case) === false) cases.set(exit.case, to);
    }
  }

  #issue(fields: IssueFields): void {
    this.issues.push(dslIssue(this.#file.source, fields));
  }
}
