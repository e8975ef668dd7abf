import type { Alarms } from "../world/mod.ts";

/** A line that a process wrote on stderr. */
export interface StderrLine {
  readonly text: string;
  /** When it was read: UTC, RFC 3339. */
  readonly timestamp: string;
}

/** The last 200 lines of at most 4 KiB are kept (flows §13, Result). */
export const KEPT_LINES = 200;
export const KEPT_BYTES = 4096;

const LF = 0x0a;

interface Kept {
  readonly bytes: Uint8Array;
  readonly timestamp: string;
}

/** The end of what a process wrote on stderr, in bounded memory. Lines are counted from 0, dropped ones too. */
export class StderrTail {
  readonly #alarms: Alarms;
  readonly #ring: (Kept | undefined)[] = new Array(KEPT_LINES);
  readonly #partial = new Uint8Array(KEPT_BYTES);
  #length = 0;
  #hasPartial = false;
  #count = 0;

  constructor(alarms: Alarms) {
    this.#alarms = alarms;
  }

  /** How many lines came so far, one without its end too. */
  get count(): number {
    return this.#count + (this.#hasPartial ? 1 : 0);
  }

  push(chunk: Uint8Array): void {
    const timestamp = this.#alarms.nowIso();
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      this.#extend(chunk.subarray(start, end));
      this.#complete(timestamp);
      start = end + 1;
    }
    if (start < chunk.length) this.#extend(chunk.subarray(start));
  }

  /** The kept lines from number `from` on, and how many of those from there were dropped. */
  since(from: number): { readonly lines: readonly StderrLine[]; readonly dropped: number } {
    if (this.#hasPartial) this.#complete(this.#alarms.nowIso());
    const first = Math.max(from, this.#count - KEPT_LINES);
    const lines: StderrLine[] = [];
    for (let number = first; number < this.#count; number += 1) {
      const kept = this.#ring[number % KEPT_LINES];
      if (kept !== undefined) lines.push({ text: textOf(kept.bytes), timestamp: kept.timestamp });
    }
    return { lines, dropped: Math.max(0, first - from) };
  }

  #extend(part: Uint8Array): void {
    this.#hasPartial = true;
    const room = part.subarray(0, KEPT_BYTES - this.#length);
    this.#partial.set(room, this.#length);
    this.#length += room.length;
  }

  #complete(timestamp: string): void {
    this.#ring[this.#count % KEPT_LINES] = { bytes: this.#partial.slice(0, this.#length), timestamp };
    this.#count += 1;
    this.#length = 0;
    this.#hasPartial = false;
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString().replace(/\r$/, "");
}
