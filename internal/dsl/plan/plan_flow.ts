import { type Exits, eachExit } from "../compile/mod.ts";
import { type Deep, type DslSource, into, runDeep, type Step, type WdlFile } from "../syntax/mod.ts";

/** What a flow does, for people: its calls and conditions, without the nodes that only the IR has (flows §8). */
export interface Plan {
  readonly workflow: string;
  readonly version: string;
  /** The first step. */
  readonly entry: string;
  readonly source: string;
  readonly nodes: readonly PlanNode[];
  readonly edges: readonly PlanEdge[];
}

export interface PlanNode {
  readonly id: string;
  readonly type: "call" | "condition";
  /** Of a condition its text, else the id. */
  readonly label: string;
  readonly target: string | null;
  readonly location: { readonly line: number; readonly column: number; readonly filename: string };
}

export interface PlanEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string | null;
}

/** The plan of a flow: also of one that no IR can be made of, as long as its file can be read. */
export function planFlow(file: WdlFile): Plan {
  const planner = new Planner(file.source);
  runDeep(planner.walk(file.steps, undefined));
  const nodes = [...planner.nodes.values()];
  return {
    workflow: file.workflow.text,
    version: file.version.text,
    entry: nodes[0]?.id ?? "",
    source: file.source.path,
    nodes,
    edges: planner.edges,
  };
}

/** An open end, and what its edge will say. */
type OpenEnd = Pick<PlanEdge, "from" | "label">;
type Ends = Exits<OpenEnd> | undefined;

class Planner {
  /** By id: of a step that is there twice, the first. */
  readonly nodes = new Map<string, PlanNode>();
  readonly edges: PlanEdge[] = [];
  readonly #source: DslSource;
  #conditions = 0;

  constructor(source: DslSource) {
    this.#source = source;
  }

  /** Walks steps that begin at open ends. Returns the ends that they leave; without steps those that were there. */
  *walk(steps: readonly Step[], before: Ends): Deep<Ends> {
    let ends = before;
    for (const step of steps) ends = yield* into(this.#step(step, ends));
    return ends;
  }

  *#step(step: Step, ends: Ends): Deep<Ends> {
    if (step.kind === "when") {
      const id = `when_${this.#conditions}`;
      this.#conditions += 1;
      const { text } = step.text;
      this.#add({ id, type: "condition", label: text, target: null, location: this.#location(step.at) }, ends);
      return yield* into(this.#body(step.steps, { from: id, label: `if ${text}` }, `else not(${text})`, false));
    }
    const id = step.id.text;
    const { onFailure } = step;
    this.#add({ id, type: "call", label: id, target: step.target.text, location: this.#location(step.at) }, ends);
    if (onFailure === undefined) return { from: id, label: null };
    return yield* into(this.#body(onFailure.steps, { from: id, label: "on failure" }, null, onFailure.finish));
  }

  /** A body that a node leads into; behind it come the node itself, and the ends of the body unless those go elsewhere. */
  *#body(steps: readonly Step[], start: OpenEnd, after: string | null, goesElsewhere: boolean): Deep<Ends> {
    const self: OpenEnd = { from: start.from, label: after };
    const ends: Ends = yield* into(this.walk(steps, start));
    const leavesNone = goesElsewhere || steps.length === 0 || ends === undefined;
    return leavesNone ? self : [self, ends];
  }

  #add(node: PlanNode, ends: Ends): void {
    if (!this.nodes.has(node.id)) this.nodes.set(node.id, node);
    if (ends === undefined) return;
    for (const { from, label } of eachExit(ends)) this.edges.push({ from, to: node.id, label });
  }

  #location(at: number): PlanNode["location"] {
    const { line, column } = this.#source.lines.position(at);
    return { line, column, filename: this.#source.path };
  }
}
