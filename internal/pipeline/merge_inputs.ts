import { MinTree } from "./min_tree.ts";

const NEVER = Number.POSITIVE_INFINITY;

/**
 * What a merge knows of its inputs (pipelines §9, `max last idle ended`), kept so that the least maximum and the first
 * input to fall idle are at hand. An input *counts* unless it has ended or is idle.
 */
export class MergeInputs {
  readonly #idleMs: number;
  #open: number;
  /** The greatest event time of each input. */
  readonly #greatest: Float64Array;
  /** The same of each input that counts; `NEVER` for the others. */
  readonly #counting: MinTree;
  /** When each input that counts last spoke, if there is an Idle. */
  readonly #spoke: MinTree | undefined;

  /** `idleMs` is undefined unless the plan has both Watermark and Idle. */
  constructor(count: number, idleMs: number | undefined) {
    this.#idleMs = idleMs ?? NEVER;
    this.#open = count;
    this.#greatest = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
    this.#counting = new MinTree(count, Number.NEGATIVE_INFINITY);
    this.#spoke = idleMs === undefined ? undefined : new MinTree(count, 0);
  }

  /** The least of the greatest event times over the inputs that count; infinity if none does. */
  get least(): number {
    return this.#counting.min;
  }

  /** When the next input falls idle; infinity if none will. */
  get idleDeadline(): number {
    return this.#spoke === undefined ? NEVER : this.#spoke.min + this.#idleMs;
  }

  /** An event with this event time (NaN: none) has come in: the input counts again if it was idle. */
  spoke(input: number, now: number, time: number): void {
    const before = this.#greatest[input] ?? NEVER;
    const rises = time > before;
    const greatest = rises ? time : before;
    this.#greatest[input] = greatest;
    if (rises || this.#spoke !== undefined) this.#counting.set(input, greatest);
    this.#spoke?.set(input, now);
  }

  /** An input has ended, as it does once. True if all have. */
  end(input: number): boolean {
    this.#open -= 1;
    this.#leave(input);
    return this.#open === 0;
  }

  /** Inputs that have been silent for long enough become idle. True if any did. */
  fallIdle(now: number): boolean {
    let any = false;
    while (this.idleDeadline <= now) {
      this.#leave(this.#spoke?.argmin ?? 0);
      any = true;
    }
    return any;
  }

  #leave(input: number): void {
    this.#counting.set(input, NEVER);
    this.#spoke?.set(input, NEVER);
  }
}
