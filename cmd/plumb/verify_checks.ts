/** The checks of `verify online`, in the order in which they are always all printed (flows §15). */
export const CHECK_NAMES = [
  "compile",
  "sources",
  "manifest",
  "ir",
  "inputs",
  "capabilities",
  "run",
  "expect",
  "against",
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** One check: `ok` is null where it was not asked for, or not reached. */
export interface VerifyCheck {
  readonly name: CheckName;
  readonly ok: boolean | null;
  readonly detail: string;
}

/** Collects what came of the checks. */
export class VerifyChecks {
  readonly #made = new Map<CheckName, VerifyCheck>();

  set(name: CheckName, ok: boolean | null, detail: string): void {
    this.#made.set(name, { name, ok, detail });
  }

  /** Some check does not hold. */
  get failed(): boolean {
    return [...this.#made.values()].some(({ ok }) => ok === false);
  }

  /** What came of a check so far. */
  of(name: CheckName): boolean | null {
    return this.#made.get(name)?.ok ?? null;
  }

  /** All nine. */
  all(): readonly VerifyCheck[] {
    return CHECK_NAMES.map((name) => this.#made.get(name) ?? { name, ok: null, detail: "not reached" });
  }
}
