/** Something that waits for the engine. */
interface Waiting {
  readonly id: string;
  readonly seq: number;
}

/**
 * What of an open flow waits for the engine, by `seq`: completions to be evaluated, invocations to be executed. It is
 * what a query of the log would find (a test compares the two), kept because no index of the log answers that query.
 * Changes since `mark` can be undone with the unit that made them.
 */
export class Backlog<T extends Waiting> {
  #items = new Map<string, T>();
  #last = 0;
  /** What was added and removed since `mark`, in order; undefined: nothing is to be undone. */
  #changes: { readonly added: boolean; readonly item: T }[] | undefined = [];

  /** The one with the lowest `seq`. */
  first(): T | undefined {
    return this.#items.size === 0 ? undefined : this.#items.values().next().value;
  }

  /** All of them, in order. */
  [Symbol.iterator](): Iterator<T> {
    return this.#items.values();
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  add(item: T): void {
    this.#items.set(item.id, item);
    if (item.seq < this.#last) this.#sort();
    else this.#last = item.seq;
    this.#changes?.push({ added: true, item });
  }

  remove(id: string): void {
    const item = this.#items.get(id);
    if (item === undefined) return;
    this.#items.delete(id);
    this.#changes?.push({ added: false, item });
  }

  /** Removes all of which `which` is true: those of a flow that failed. */
  removeAll(which: (item: T) => boolean): void {
    for (const item of [...this.#items.values()]) if (which(item)) this.remove(item.id);
  }

  /** From here on changes can be undone, or need not be. */
  mark(canUndo = true): void {
    if (!canUndo) this.#changes = undefined;
    else if (this.#changes === undefined || this.#changes.length > 0) this.#changes = [];
  }

  /** Takes back all changes since `mark`. */
  undo(): void {
    for (const { added, item } of (this.#changes ?? []).reverse()) {
      if (added) this.#items.delete(item.id);
      else this.#items.set(item.id, item);
    }
    this.#changes = [];
    this.#sort();
  }

  #sort(): void {
    const sorted = [...this.#items.values()].sort((a, b) => a.seq - b.seq);
    this.#items = new Map(sorted.map((item) => [item.id, item]));
    this.#last = sorted.at(-1)?.seq ?? 0;
  }
}
