const FIRST_SIZE = 64;
const NO_DOUBLES = new Float64Array(0);
const NO_INTEGERS = new Int32Array(0);

/**
 * What is due at a later time: whole numbers (codes) in the order (time, insertion). A binary heap on typed arrays, so
 * that an entry costs no object.
 */
export class LaterQueue {
  // Nothing is kept before something is due later: in most test cases nothing ever is, and a typed array is not cheap.
  #times = NO_DOUBLES;
  #numbers = NO_DOUBLES;
  #codes = NO_INTEGERS;
  #inserted = 0;
  size = 0;
  /** When the first is due; infinity if there is none. */
  nextTime = Number.POSITIVE_INFINITY;

  insert(time: number, code: number): void {
    if (this.size === this.#times.length) this.#grow();
    const times = this.#times;
    const numbers = this.#numbers;
    const codes = this.#codes;
    let hole = this.size;
    this.size += 1;
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      // Equal times: the one above was inserted earlier.
      if ((times[above] ?? 0) <= time) break;
      times[hole] = times[above] ?? 0;
      numbers[hole] = numbers[above] ?? 0;
      codes[hole] = codes[above] ?? 0;
      hole = above;
    }
    times[hole] = time;
    numbers[hole] = this.#inserted;
    codes[hole] = code;
    this.#inserted += 1;
    this.nextTime = times[0] ?? time;
  }

  /** Takes the code of the first; call it only when `size` is above 0. */
  take(): number {
    const times = this.#times;
    const numbers = this.#numbers;
    const codes = this.#codes;
    const first = codes[0] ?? 0;
    const last = this.size - 1;
    this.size = last;
    const time = times[last] ?? 0;
    const number = numbers[last] ?? 0;
    let hole = 0;
    for (;;) {
      let below = 2 * hole + 1;
      if (below >= last) break;
      if (below + 1 < last && this.#before(below + 1, times[below] ?? 0, numbers[below] ?? 0)) below += 1;
      if (!this.#before(below, time, number)) break;
      times[hole] = times[below] ?? 0;
      numbers[hole] = numbers[below] ?? 0;
      codes[hole] = codes[below] ?? 0;
      hole = below;
    }
    times[hole] = time;
    numbers[hole] = number;
    codes[hole] = codes[last] ?? 0;
    this.nextTime = last === 0 ? Number.POSITIVE_INFINITY : (times[0] ?? 0);
    return first;
  }

  clear(): void {
    this.size = 0;
    this.nextTime = Number.POSITIVE_INFINITY;
  }

  #before(index: number, time: number, number: number): boolean {
    const own = this.#times[index] ?? 0;
    return own < time || (own === time && (this.#numbers[index] ?? 0) < number);
  }

  #grow(): void {
    const size = Math.max(FIRST_SIZE, 2 * this.#times.length);
    this.#times = widened(this.#times, new Float64Array(size));
    this.#numbers = widened(this.#numbers, new Float64Array(size));
    this.#codes = widened(this.#codes, new Int32Array(size));
  }
}

function widened<A extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(old: A, wide: A): A {
  wide.set(old);
  return wide;
}
