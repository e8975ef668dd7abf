/** A frame of a conversation, as reports show it. */
export interface ShownFrame {
  readonly from: "host" | "executor";
  readonly text: string;
}

/** So many frames from the beginning and the end of a conversation are shown, and so much of each. */
const FIRST = 8;
const LAST = 24;
const SHOWN_LENGTH = 600;

/** The frames of a conversation, bounded: the first and the last ones. */
export class FrameLog {
  readonly #first: ShownFrame[] = [];
  readonly #last: ShownFrame[] = [];
  #dropped = 0;

  /** `text` is the beginning of something that has so many bytes. */
  add(from: ShownFrame["from"], text: string, bytes = text.length): void {
    const frame = { from, text: shortened(text, bytes) };
    if (this.#first.length < FIRST) {
      this.#first.push(frame);
      return;
    }
    this.#last.push(frame);
    if (this.#last.length <= LAST) return;
    this.#last.shift();
    this.#dropped += 1;
  }

  get frames(): readonly ShownFrame[] {
    if (this.#dropped === 0) return [...this.#first, ...this.#last];
    const gap: ShownFrame = { from: "host", text: `(${this.#dropped} further frames, of both sides)` };
    return [...this.#first, gap, ...this.#last];
  }
}

function shortened(text: string, bytes: number): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}… (${bytes} bytes)`;
}
