import type { Action } from "./actions.ts";

/** What else than the methods of requests a rule may be for. */
export const OCCASIONS = ["start", "eof", "sigterm"] as const;

/** What is done on an occasion instead of what an honest executor does. */
export interface Rule {
  /** A method, or one of {@link OCCASIONS}. */
  readonly on: string;
  /** Which time, from 1; undefined: every time that has no rule of its own. */
  readonly nth: number | undefined;
  readonly actions: readonly Action[];
}

/** How a mock misbehaves (flows §18). */
export class Script {
  readonly #rules: readonly Rule[];
  readonly #seen = new Map<string, number>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /** Whether there is any rule for an occasion. */
  knows(on: string): boolean {
    return this.#rules.some((rule) => rule.on === on);
  }

  /** It happens once more: what is to be done; undefined: what is honest. */
  next(on: string): readonly Action[] | undefined {
    const nth = (this.#seen.get(on) ?? 0) + 1;
    this.#seen.set(on, nth);
    const rules = this.#rules.filter((rule) => rule.on === on);
    return (rules.find((rule) => rule.nth === nth) ?? rules.find((rule) => rule.nth === undefined))?.actions;
  }
}
