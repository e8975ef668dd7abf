const FIRST_SIZE = 16;
const NOTHING = new Float64Array(0);

/** A double-ended queue of doubles, as `Ring`: no boxes, so no garbage. Taking from an empty one gives NaN. */
export class NumberRing {
  /** Made at the first push: many queues of a short run stay empty, and a typed array is not cheap. */
  #items = NOTHING;
  #mask = -1;
  #head = 0;
  size = 0;

  push(value: number): void {
    if (this.size > this.#mask) this.#grow();
    this.#items[(this.#head + this.size) & this.#mask] = value;
    this.size += 1;
  }

  first(): number {
    return this.size === 0 ? Number.NaN : (this.#items[this.#head] ?? Number.NaN);
  }

  last(): number {
    return this.size === 0 ? Number.NaN : (this.#items[(this.#head + this.size - 1) & this.#mask] ?? Number.NaN);
  }

  shift(): number {
    if (this.size === 0) return Number.NaN;
    const value = this.#items[this.#head] ?? Number.NaN;
    this.#head = (this.#head + 1) & this.#mask;
    this.size -= 1;
    return value;
  }

  pop(): number {
    const value = this.last();
    if (this.size > 0) this.size -= 1;
    return value;
  }

  #grow(): void {
    const items = new Float64Array(Math.max(FIRST_SIZE, 2 * this.#items.length));
    for (let i = 0; i < this.size; i += 1) items[i] = this.#items[(this.#head + i) & this.#mask] ?? Number.NaN;
    this.#items = items;
    this.#mask = items.length - 1;
    this.#head = 0;
  }
}
