import type { Entry } from "./entry.ts";

/**
 * The entries that can expire, earliest deadline first: a binary heap whose entries know their slot, so that one that is
 * replaced, evicted or renewed leaves nothing behind. `first` is O(1), the others O(log n); a put with the same time to
 * live as the last one stays where it lands.
 */
export class DeadlineHeap {
  readonly #entries: Entry[] = [];

  /** The entry that expires first. */
  get first(): Entry | undefined {
    return this.#entries[0];
  }

  get size(): number {
    return this.#entries.length;
  }

  /** Adds an entry that is not in the heap. */
  push(entry: Entry): void {
    entry.slot = this.#entries.length;
    this.#entries.push(entry);
    this.#rise(entry);
  }

  /** Takes an entry out; one that is not in the heap stays so. */
  remove(entry: Entry): void {
    const { slot } = entry;
    if (slot === -1) return;
    entry.slot = -1;
    const last = this.#entries.pop();
    if (last === undefined || last === entry) return;
    this.#place(last, slot);
    this.update(last);
  }

  /** Restores the order after the deadline of an entry in the heap changed. */
  update(entry: Entry): void {
    this.#rise(entry);
    this.#sink(entry);
  }

  #rise(entry: Entry): void {
    let slot = entry.slot;
    while (slot > 0) {
      const above = (slot - 1) >> 1;
      const parent = this.#entries[above];
      if (parent === undefined || parent.deadline <= entry.deadline) break;
      this.#place(parent, slot);
      slot = above;
    }
    this.#place(entry, slot);
  }

  #sink(entry: Entry): void {
    let slot = entry.slot;
    for (;;) {
      const child = this.#earlierChild(slot);
      if (child === undefined || entry.deadline <= child.deadline) break;
      const below = child.slot;
      this.#place(child, slot);
      slot = below;
    }
    this.#place(entry, slot);
  }

  #earlierChild(slot: number): Entry | undefined {
    const left = this.#entries[2 * slot + 1];
    const right = this.#entries[2 * slot + 2];
    if (left === undefined || right === undefined) return left;
    return right.deadline < left.deadline ? right : left;
  }

  #place(entry: Entry, slot: number): void {
    this.#entries[slot] = entry;
    entry.slot = slot;
  }
}
