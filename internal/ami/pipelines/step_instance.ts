import type { WorkerMeaning } from "../functions/mod.ts";
import type { Span, StepNode } from "../syntax/mod.ts";
import type { NodeKind } from "./graph.ts";

/** As much of a step as the checks of edges and graphs need. */
export interface GraphStep {
  /** Its place in the order of declaration. */
  readonly index: number;
  readonly name: string;
  /** Its number among the instances of its name, from 1. */
  readonly id: number;
  readonly kind: NodeKind;
  /** Where findings about the step stand: at the word that says what it is. */
  readonly at: Span;
}

/** A step of a pipeline: what the executor will call a node. */
export interface StepInstance extends GraphStep {
  /** Of a function's name that stands as a step. */
  readonly worker: WorkerMeaning | undefined;
  /** What it was declared as is unknown: its arguments say nothing. */
  readonly broken: boolean;
  /** Where it is declared. */
  readonly node: StepNode;
}

/** What output calls a step: its name, with `#2`, `#3` from the second of that name on (pipelines §2). */
export function stepLabel({ name, id }: Pick<GraphStep, "name" | "id">): string {
  return id === 1 ? name : `${name}#${id}`;
}
