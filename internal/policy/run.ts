import type { Json } from "../value/mod.ts";
import { Meter } from "./operations/meter.ts";
import { PolicyFault } from "./operations/policy_fault.ts";
import type { PolicyPlace } from "./policy_error.ts";

/** One evaluation of a policy: its variables, and what it has used so far. */
export class Run extends Meter {
  /** By slot; undefined: not assigned yet. */
  readonly variables: (Json | undefined)[];
  readonly values: { [key: string]: Json };
  readonly epsilon: number;
  /** What is being evaluated: a policy error is there. */
  place: PolicyPlace;
  drawsUsed = 0;
  readonly #next: () => number;

  constructor(slots: number, inputs: RunInputs, place: PolicyPlace) {
    super();
    this.variables = new Array<Json | undefined>(slots).fill(undefined);
    this.values = inputs.values;
    this.epsilon = inputs.epsilon;
    this.#next = inputs.draws;
    this.place = place;
  }

  draw(): number {
    const draw = this.#next();
    if (!Number.isFinite(draw)) throw new PolicyFault("there is no draw left to decide this");
    this.drawsUsed += 1;
    return draw;
  }
}

export interface RunInputs {
  readonly values: { [key: string]: Json };
  readonly epsilon: number;
  /** Draws in [0, 1). */
  readonly draws: () => number;
}

/** A part of a policy made ready. */
export type Evaluate = (run: Run) => Json;
