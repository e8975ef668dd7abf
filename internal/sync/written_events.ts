import { sameWritten, type WrittenEvent } from "../store/mod.ts";

/** What a replay writes, held against what its log has, event by event in `seq` order, until the two differ. */
export class WrittenEvents {
  #waiting: WrittenEvent[] = [];
  #next = 0;
  #isSame = true;
  #compared = 0;

  /** Whether all that was written and compared was the same, and nothing is left. */
  get isSame(): boolean {
    return this.#isSame && this.#waiting.length === this.#next;
  }

  /** How many were. */
  get compared(): number {
    return this.#compared;
  }

  push(event: WrittenEvent): void {
    if (this.#isSame) this.#waiting.push(event);
  }

  compare(expected: WrittenEvent): void {
    if (!this.#isSame) return;
    const actual = this.#waiting[this.#next];
    this.#isSame = actual !== undefined && sameWritten(expected, actual);
    this.#next += 1;
    this.#compared += 1;
    if (this.#next < this.#waiting.length && this.#isSame) return;
    this.#waiting = [];
    this.#next = 0;
  }
}
