const LF = 0x0a;
const CR = 0x0d;

/** What becomes of lines. */
export interface LineTaker {
  /** A line without its LF and the CR before it; the bytes are valid during the call only. `false` stops the splitter. */
  line(bytes: Uint8Array): boolean;
  /** A line is longer than the limit. `false` stops the splitter, else what follows its end is taken. */
  tooLong(): boolean;
}

/**
 * Cuts bytes into lines, whatever pieces they come in, and never keeps more than one line of the greatest length. A line that
 * stands whole in one piece is not copied.
 */
export class LineSplitter {
  /** Bytes of a line, without its end. */
  limit: number;
  readonly #taker: LineTaker;
  #partial = new Uint8Array(0);
  #length = 0;
  #isStopped = false;
  /** Within a line that is too long. */
  #isSkipping = false;

  constructor(limit: number, taker: LineTaker) {
    this.limit = limit;
    this.#taker = taker;
  }

  /** The beginning of a line whose end has not come. */
  get partial(): Uint8Array {
    return this.#partial.subarray(0, this.#length);
  }

  push(chunk: Uint8Array): void {
    let start = 0;
    while (!this.#isStopped) {
      const end = chunk.indexOf(LF, start);
      if (end < 0) break;
      if (this.#isSkipping) this.#isSkipping = false;
      else this.#line(this.#length === 0 ? chunk.subarray(start, end) : this.#completed(chunk.subarray(start, end)));
      start = end + 1;
    }
    if (!this.#isStopped && !this.#isSkipping && start < chunk.length)
      this.#keep(start === 0 ? chunk : chunk.subarray(start));
  }

  /** What comes from now on is dropped. */
  stop(): void {
    this.#isStopped = true;
    this.#partial = new Uint8Array(0);
    this.#length = 0;
  }

  #line(line: Uint8Array): void {
    const bytes = line[line.length - 1] === CR ? line.subarray(0, line.length - 1) : line;
    this.#length = 0;
    if (bytes.length > this.limit) this.#overflow();
    else if (!this.#taker.line(bytes)) this.stop();
  }

  #completed(rest: Uint8Array): Uint8Array {
    this.#append(rest);
    return this.#partial.subarray(0, this.#length);
  }

  #keep(rest: Uint8Array): void {
    // A CR may still turn out to belong to the end.
    if (this.#length + rest.length <= this.limit + 1) {
      this.#append(rest);
      return;
    }
    this.#isSkipping = true;
    this.#overflow();
  }

  #append(rest: Uint8Array): void {
    const length = this.#length + rest.length;
    if (length > this.#partial.length) {
      const grown = new Uint8Array(Math.max(length, Math.min(2 * length, this.limit + 1)));
      grown.set(this.#partial.subarray(0, this.#length));
      this.#partial = grown;
    }
    this.#partial.set(rest, this.#length);
    this.#length = length;
  }

  #overflow(): void {
    this.#partial = new Uint8Array(0);
    this.#length = 0;
    if (!this.#taker.tooLong()) this.stop();
  }
}
