import type { SpecSet } from "../concept/mod.ts";
import { Program } from "../sync/mod.ts";

/** Programs that are kept; a run goes through its files in order, so that few are in use at a time. */
const KEPT = 16;

/** The spec sets of a run by their number, made ready in this thread when a case first needs them. */
export class Programs {
  readonly #sets = new Map<number, SpecSet>();
  readonly #programs = new Map<number, Program>();

  add(number: number, set: SpecSet): void {
    this.#sets.set(number, set);
  }

  of(number: number): Program {
    const known = this.#programs.get(number);
    if (known !== undefined) return known;
    const set = this.#sets.get(number);
    if (set === undefined) throw new Error(`this thread has no spec set ${number}`);
    const oldest = this.#programs.keys().next().value;
    if (this.#programs.size >= KEPT && oldest !== undefined) this.#programs.delete(oldest);
    const program = new Program(set);
    this.#programs.set(number, program);
    return program;
  }
}
