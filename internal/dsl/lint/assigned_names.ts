/**
 * Which variables are assigned where a policy stands: on every way to there, or somewhere before it. Branches are walked one
 * after another; what is always assigned in one is taken back before the next.
 */
export class AssignedNames {
  readonly #always = new Set<string>();
  readonly #before = new Set<string>();
  #added: string[] = [];

  /** Assigned on every way to here. */
  always(name: string): boolean {
    return this.#always.has(name);
  }

  /** Assigned somewhere before: on some ways to here at most, unless always. */
  before(name: string): boolean {
    return this.#before.has(name);
  }

  /** All that is assigned somewhere before. */
  get names(): ReadonlySet<string> {
    return this.#before;
  }

  assign(name: string): void {
    this.assignSometimes(name);
    this.#add(name);
  }

  assignSometimes(name: string): void {
    this.#before.add(name);
  }

  /** Begins a branch. What it returns ends it, and tells what the branch always assigns that was not assigned before. */
  begin(): () => ReadonlySet<string> {
    const outer = this.#added;
    const added: string[] = [];
    this.#added = added;
    return () => {
      this.#added = outer;
      for (const name of added) this.#always.delete(name);
      return new Set(added);
    };
  }

  /** Goes on behind branches of which one was taken: what all of them always assign is assigned. */
  join([first, ...others]: readonly ReadonlySet<string>[]): void {
    for (const name of first ?? []) if (others.every((names) => names.has(name))) this.#add(name);
  }

  #add(name: string): void {
    if (this.#always.has(name)) return;
    this.#always.add(name);
    this.#added.push(name);
  }
}
