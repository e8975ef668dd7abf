const FIRST_SIZE = 8;

/** A double-ended queue on a ring that doubles when it is full: adding and taking at either end is O(1). */
export class Ring<T> {
  #items: (T | undefined)[] = [];
  #head = 0;
  size = 0;

  /** Adds at the end. */
  push(item: T): void {
    const items = this.#items;
    if (this.size === items.length) this.#grow();
    this.#items[(this.#head + this.size) & (this.#items.length - 1)] = item;
    this.size += 1;
  }

  /** The first, which stays. */
  first(): T | undefined {
    return this.size === 0 ? undefined : this.#items[this.#head];
  }

  /** Takes off the first; undefined if there is none. */
  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const head = this.#head;
    const item = this.#items[head];
    this.#items[head] = undefined;
    this.#head = (head + 1) & (this.#items.length - 1);
    this.size -= 1;
    return item;
  }

  /** Takes off the last; undefined if there is none. */
  pop(): T | undefined {
    if (this.size === 0) return undefined;
    this.size -= 1;
    const at = (this.#head + this.size) & (this.#items.length - 1);
    const item = this.#items[at];
    this.#items[at] = undefined;
    return item;
  }

  #grow(): void {
    const old = this.#items;
    const items = new Array<T | undefined>(old.length === 0 ? FIRST_SIZE : 2 * old.length).fill(undefined);
    for (let i = 0; i < this.size; i += 1) items[i] = old[(this.#head + i) & (old.length - 1)];
    this.#items = items;
    this.#head = 0;
  }
}
