/** Writes some of the bytes and says how many; 0: nothing can be written now. */
export type WriteSome = (bytes: Uint8Array) => number;

/** Bytes that are taken bit by bit: what was not taken at once waits until there is room. */
export class SendQueue {
  readonly #write: WriteSome;
  readonly #waiting: { bytes: Uint8Array; readonly done: () => void }[] = [];

  constructor(write: WriteSome) {
    this.#write = write;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Undefined: all was taken; else resolves when it is. */
  send(bytes: Uint8Array): Promise<void> | undefined {
    const taken = this.isEmpty ? this.#write(bytes) : 0;
    if (taken >= bytes.length) return undefined;
    return new Promise((done) => this.#waiting.push({ bytes: bytes.subarray(taken), done }));
  }

  /** There is room again. */
  drain(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const taken = this.#write(next.bytes);
      if (taken < next.bytes.length) {
        next.bytes = next.bytes.subarray(taken);
        return;
      }
      this.#waiting.shift();
      next.done();
    }
  }

  /** Nothing will be taken any more; nobody waits for ever. */
  drop(): void {
    for (const { done } of this.#waiting.splice(0)) done();
  }
}
