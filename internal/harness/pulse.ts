/** What a worker thread tells of its work while it works, when no message of it would be seen. */
export class Pulse {
  readonly #cells: Int32Array<SharedArrayBuffer>;

  /** @param buffer the memory of the pulse at the other end */
  constructor(readonly buffer: SharedArrayBuffer = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT)) {
    this.#cells = new Int32Array(buffer);
  }

  /** How often it beat; it wraps. */
  get beats(): number {
    return Atomics.load(this.#cells, BEATS);
  }

  /** How many cases of its batch are done. */
  get done(): number {
    return Atomics.load(this.#cells, DONE);
  }

  /** The thread goes on. */
  beat(): void {
    Atomics.add(this.#cells, BEATS, 1);
  }

  /** A batch begins, or another case of it is over. */
  at(done: number): void {
    Atomics.store(this.#cells, DONE, done);
    this.beat();
  }
}

const [BEATS, DONE] = [0, 1];
const CELLS = 2;
