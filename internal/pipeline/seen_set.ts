import type { Identity } from "./value_identity.ts";

/**
 * The values that Dedup remembers in one partition (pipelines §9): at most `limit`, then the oldest is forgotten. The order
 * is kept beside the set, since taking the first element of a `Set` again and again passes over all that were removed.
 */
export class SeenSet {
  readonly #values = new Set<Identity>();
  readonly #ring: Identity[] = [];
  readonly #limit: number;
  #oldest = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(value: Identity): boolean {
    return this.#values.has(value);
  }

  /** Remembers a value that is not in the set; missing and null are never remembered, so they never repeat. */
  add(value: Identity): void {
    if (value === undefined || value === null) return;
    this.#values.add(value);
    if (this.#ring.length < this.#limit) {
      this.#ring.push(value);
      return;
    }
    this.#values.delete(this.#ring[this.#oldest]);
    this.#ring[this.#oldest] = value;
    this.#oldest = (this.#oldest + 1) % this.#limit;
  }
}
