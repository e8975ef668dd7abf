import { type Leaving, SLACK } from "./lazy_queue.ts";

/**
 * A binary heap by a number, then by `tie`, whose elements may leave from another side too (see `LazyQueue`): the heap
 * passes over what is gone and sweeps it out when it has doubled since the last sweep. The numbers stand beside the
 * elements, so that comparing touches no element unless two are equal.
 */
export class LazyHeap<T extends Leaving> {
  #ranks: number[] = [];
  #items: T[] = [];
  #limit = SLACK;
  readonly #tie: (a: T, b: T) => number;

  /** `tie` tells which of two elements with equal ranks comes first, as a comparison for sort does. */
  constructor(tie: (a: T, b: T) => number) {
    this.#tie = tie;
  }

  /** Adds an element. `rank` is not NaN. */
  push(rank: number, item: T): void {
    if (this.#items.length >= this.#limit) this.#sweep();
    this.#append(rank, item);
  }

  /** How many elements it keeps, those that are gone included. */
  get size(): number {
    return this.#items.length;
  }

  /** The first element that is not gone. */
  get first(): T | undefined {
    let item = this.#items[0];
    while (item?.gone) {
      this.#removeFirst();
      item = this.#items[0];
    }
    return item;
  }

  /** Removes and returns the first element that is not gone, if its rank is at most `rank`. */
  take(rank = Number.POSITIVE_INFINITY): T | undefined {
    if ((this.#ranks[0] ?? Number.POSITIVE_INFINITY) > rank) return undefined;
    const item = this.first;
    if (item === undefined || (this.#ranks[0] ?? rank) > rank) return undefined;
    this.#removeFirst();
    return item;
  }

  clear(): void {
    this.#ranks.length = 0;
    this.#items.length = 0;
  }

  #append(rank: number, item: T): void {
    this.#ranks.push(rank);
    this.#items.push(item);
    this.#rise(this.#items.length - 1, rank, item);
  }

  #removeFirst(): void {
    const rank = this.#ranks.pop();
    const item = this.#items.pop();
    // The last element belongs near the end again: the hole goes all the way down, and the element rises from there.
    if (rank !== undefined && item !== undefined && this.#items.length > 0) this.#rise(this.#sinkHole(), rank, item);
  }

  /** Puts an element into a hole, or above it. */
  #rise(from: number, rank: number, item: T): void {
    const ranks = this.#ranks;
    const items = this.#items;
    let hole = from;
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const parentRank = ranks[above];
      const parent = items[above];
      if (parentRank === undefined || parent === undefined || parentRank < rank) break;
      if (parentRank === rank && this.#tie(parent, item) < 0) break;
      ranks[hole] = parentRank;
      items[hole] = parent;
      hole = above;
    }
    ranks[hole] = rank;
    items[hole] = item;
  }

  /** Moves the hole at the top down to the bottom, the lesser of its two children rising each time. */
  #sinkHole(): number {
    const ranks = this.#ranks;
    const items = this.#items;
    const last = items.length - 1;
    let hole = 0;
    for (let left = 1; left <= last; left = 2 * hole + 1) {
      const leftRank = ranks[left] ?? 0;
      const rightRank = left < last ? (ranks[left + 1] ?? 0) : Number.POSITIVE_INFINITY;
      // Arithmetic where one would branch: which child is less cannot be predicted.
      const child = left + (leftRank === rightRank ? this.#isRight(left) : Number(rightRank < leftRank));
      const item = items[child];
      if (item === undefined) break;
      ranks[hole] = ranks[child] ?? 0;
      items[hole] = item;
      hole = child;
    }
    return hole;
  }

  /** 1 if the right one of two children of equal rank comes first, else 0. */
  #isRight(left: number): number {
    const one = this.#items[left];
    const other = this.#items[left + 1];
    return one !== undefined && other !== undefined && this.#tie(other, one) < 0 ? 1 : 0;
  }

  #sweep(): void {
    const ranks = this.#ranks;
    const items = this.#items;
    this.#ranks = [];
    this.#items = [];
    for (let at = 0; at < items.length; at++) {
      const rank = ranks[at];
      const item = items[at];
      // A heap's own order is sorted enough that hardly any of these rises.
      if (rank !== undefined && item !== undefined && !item.gone) this.#append(rank, item);
    }
    this.#limit = 2 * this.#items.length + SLACK;
  }
}
