/** What may leave a collection from another side: it is marked, and the collection passes over it. */
export interface Leaving {
  gone: boolean;
}

/** How many elements that are gone a collection keeps at least before it sweeps them out. */
export const SLACK = 16;

/**
 * A queue in order of arrival whose elements may leave in any order: they are marked as gone and swept out when the queue
 * has doubled since the last sweep. So every operation is O(1) over time, and memory stays within twice what was alive.
 */
export class LazyQueue<T extends Leaving> {
  #items: T[] = [];
  #head = 0;
  #limit = SLACK;

  push(item: T): void {
    if (this.#items.length >= this.#limit) this.#sweep();
    this.#items.push(item);
  }

  /** How many elements it keeps, those that are gone included. */
  get size(): number {
    return this.#items.length;
  }

  /** The element that came first of those that are not gone. */
  get first(): T | undefined {
    const items = this.#items;
    let item = items[this.#head];
    while (item?.gone) {
      this.#head += 1;
      item = items[this.#head];
    }
    return item;
  }

  /** Removes and returns the element that came first of those that are not gone. */
  shift(): T | undefined {
    const item = this.first;
    if (item !== undefined) this.#head += 1;
    return item;
  }

  /** Appends what is not gone to `into`, in order of arrival. */
  collect(into: T[]): void {
    const items = this.#items;
    for (let at = this.#head; at < items.length; at++) {
      const item = items[at];
      if (item !== undefined && !item.gone) into.push(item);
    }
  }

  clear(): void {
    // Emptied in place: a window fills it again at once.
    this.#items.length = 0;
    this.#head = 0;
  }

  #sweep(): void {
    const alive: T[] = [];
    this.collect(alive);
    this.#items = alive;
    this.#head = 0;
    this.#limit = 2 * alive.length + SLACK;
  }
}
