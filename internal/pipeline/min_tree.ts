/**
 * The least of a fixed number of numbers, which change one at a time: a tree over an array, in which every node is the
 * lesser of its two below. Reading the least is O(1), a change O(log n). For watermarks of many inputs.
 */
export class MinTree {
  readonly #nodes: Float64Array;
  readonly #leaves: number;

  /** `size` numbers, at least one, each `initial` at first. */
  constructor(size: number, initial: number) {
    this.#leaves = size;
    this.#nodes = new Float64Array(2 * size).fill(initial);
  }

  get min(): number {
    return this.#nodes[1] ?? Number.NaN;
  }

  /** The index of one of the numbers that are the least. */
  get argmin(): number {
    let node = 1;
    while (node < this.#leaves) node = this.#nodes[2 * node] === this.min ? 2 * node : 2 * node + 1;
    return node - this.#leaves;
  }

  set(index: number, value: number): void {
    const nodes = this.#nodes;
    let node = this.#leaves + index;
    let least = value;
    nodes[node] = least;
    for (; node > 1; node >>= 1) {
      least = Math.min(least, nodes[node ^ 1] ?? least);
      nodes[node >> 1] = least;
    }
  }
}
