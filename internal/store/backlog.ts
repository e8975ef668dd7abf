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
  #undo: (() => void)[] = [];

  /** The one with the lowest `seq`. */
  first(): T | undefined {
    return this.#items.values().next().value;
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
    this.#undo.push(() => this.#items.delete(item.id));
  }

  remove(id: string): void {
    const item = this.#items.get(id);
    if (item === undefined) return;
    this.#items.delete(id);
    this.#undo.push(() => this.#items.set(id, item));
  }

  /** Removes all of which `which` is true: those of a flow that failed. */
  removeAll(which: (item: T) => boolean): void {
    for (const item of [...this.#items.values()]) if (which(item)) this.remove(item.id);
  }

  /** From here on changes can be undone. */
  mark(): void {
    this.#undo = [];
  }

  /** Takes back all changes since `mark`. */
  undo(): void {
    for (const change of this.#undo.reverse()) change();
    this.#undo = [];
    this.#sort();
  }

  #sort(): void {
    const sorted = [...this.#items.values()].sort((a, b) => a.seq - b.seq);
    this.#items = new Map(sorted.map((item) => [item.id, item]));
    this.#last = sorted.at(-1)?.seq ?? 0;
  }
}
