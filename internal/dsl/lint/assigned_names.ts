/**
 * Which variables are assigned where a policy stands: on every way to there, or on some only. Branches are walked one after
 * another; what one assigns is taken back before the next.
 */
export class AssignedNames {
  readonly #always = new Set<string>();
  readonly #sometimes = new Set<string>();
  #added: { readonly name: string; readonly set: Set<string> }[] = [];

  /** Assigned on every way to here. */
  always(name: string): boolean {
    return this.#always.has(name);
  }

  /** Assigned on some way to here at least. */
  sometimes(name: string): boolean {
    return this.#sometimes.has(name);
  }

  /** All that may be assigned here. */
  names(): Iterable<string> {
    return this.#sometimes;
  }

  assign(name: string): void {
    this.#add(name, this.#always);
    this.#add(name, this.#sometimes);
  }

  /** Begins a branch. */
  begin(): Branch {
    const outer = this.#added;
    this.#added = [];
    return {
      end: () => {
        const added = this.#added;
        this.#added = outer;
        const always = new Set<string>();
        const sometimes = new Set<string>();
        for (const { name, set } of added) {
          set.delete(name);
          (set === this.#always ? always : sometimes).add(name);
        }
        return { always, sometimes };
      },
    };
  }

  /** Goes on behind branches of which one was taken. */
  join(branches: readonly Assigned[]): void {
    const [first, ...others] = branches;
    for (const name of first?.always ?? []) {
      if (others.every(({ always }) => always.has(name))) this.#add(name, this.#always);
    }
    for (const { sometimes } of branches) for (const name of sometimes) this.#add(name, this.#sometimes);
  }

  #add(name: string, set: Set<string>): void {
    if (set.has(name)) return;
    set.add(name);
    this.#added.push({ name, set });
  }
}

/** A branch that is being walked. */
export interface Branch {
  /** Takes back what the branch has assigned, and tells it. */
  end(): Assigned;
}

/** What a branch assigns that was not assigned before it. */
export interface Assigned {
  readonly always: ReadonlySet<string>;
  readonly sometimes: ReadonlySet<string>;
}
