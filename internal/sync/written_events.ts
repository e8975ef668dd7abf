import { sameEvent, sameFiring, type WriteObserver, type WrittenEvent, type WrittenFiring } from "../store/mod.ts";

/** What a replay writes, held against what its log has, event by event and firing by firing, until the two differ. */
export class WrittenEvents implements WriteObserver {
  readonly #firings: Iterator<WrittenFiring, undefined>;
  #waiting: WrittenEvent[] = [];
  #next = 0;
  #isSame = true;
  #compared = 0;

  /** @param firings those of the log */
  constructor(firings: Iterator<WrittenFiring, undefined>) {
    this.#firings = firings;
  }

  /** How many events were compared. */
  get compared(): number {
    return this.#compared;
  }

  /** The id of the event that is compared next; undefined: nothing was written that is not compared. */
  get next(): string | undefined {
    return this.#waiting[this.#next]?.id;
  }

  event(event: WrittenEvent): void {
    if (this.#isSame) this.#waiting.push(event);
  }

  firing(firing: WrittenFiring): void {
    if (!this.#isSame) return;
    const { value } = this.#firings.next();
    if (value === undefined || !sameFiring(value, firing)) this.#differ();
  }

  compare(expected: WrittenEvent): void {
    if (!this.#isSame) return;
    const actual = this.#waiting[this.#next];
    this.#compared += 1;
    this.#next += 1;
    if (actual === undefined || !sameEvent(expected, actual)) this.#differ();
    else if (this.#next === this.#waiting.length) this.#clear();
  }

  /** All of the log was compared: whether it is what was written. */
  finish(): boolean {
    return this.#isSame && this.next === undefined && this.#firings.next().value === undefined;
  }

  #differ(): void {
    this.#isSame = false;
    this.#clear();
  }

  #clear(): void {
    this.#waiting = [];
    this.#next = 0;
  }
}
