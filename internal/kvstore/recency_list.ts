import type { Entry } from "./entry.ts";

/**
 * The entries of a store from the least to the most recently used, as a list linked through the entries themselves:
 * every operation is O(1). The order of a Map would do for the forward direction, but a rollback must put an entry back
 * between its old neighbours, and the first key of a Map with many deleted ones costs a scan over them.
 */
export class RecencyList {
  #oldest: Entry | undefined;
  #newest: Entry | undefined;

  /** The least recently used entry. */
  get oldest(): Entry | undefined {
    return this.#oldest;
  }

  /** The most recently used entry. */
  get newest(): Entry | undefined {
    return this.#newest;
  }

  /** Makes an entry that is not in the list the most recent. */
  append(entry: Entry): void {
    this.insertAfter(this.#newest, entry);
  }

  /** Puts an entry that is not in the list right after `older`, or first of all. */
  insertAfter(older: Entry | undefined, entry: Entry): void {
    const newer = older === undefined ? this.#oldest : older.newer;
    entry.older = older;
    entry.newer = newer;
    if (older === undefined) this.#oldest = entry;
    else older.newer = entry;
    if (newer === undefined) this.#newest = entry;
    else newer.older = entry;
  }

  /** Takes an entry out; returns the one it stood after, for `insertAfter`. */
  remove(entry: Entry): Entry | undefined {
    const { older, newer } = entry;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    entry.older = undefined;
    entry.newer = undefined;
    return older;
  }
}
