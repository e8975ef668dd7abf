import type { RealTime } from "./real_time.ts";

/** Something that happens at a time of a {@link QuickTime}, in its milliseconds. */
export interface Happening {
  readonly at: number;
  readonly run: () => void;
}

/** The test double of real time: waiting takes none. Time moves when someone waits, and when it is told to. */
export class QuickTime implements RealTime {
  #now = 0;
  #rung = false;
  #end: (() => void) | undefined;
  readonly #coming: Happening[];

  /** `happenings` run when a wait comes to their time; each may ring. */
  constructor(happenings: readonly Happening[] = []) {
    this.#coming = [...happenings].sort((a, b) => a.at - b.at);
  }

  monotonicMs(): number {
    return this.#now;
  }

  /** Time passes while somebody works: what happens meanwhile happens at the next wait. */
  pass(ms: number): void {
    this.#now += ms;
  }

  async wait(ms = Number.POSITIVE_INFINITY): Promise<void> {
    const until = this.#now + ms;
    while (!this.#rung) {
      const next = this.#coming[0];
      if (next === undefined || next.at > until) {
        if (until < Number.POSITIVE_INFINITY) this.#now = Math.max(this.#now, until);
        else await new Promise<void>((resolve) => (this.#end = resolve));
        break;
      }
      this.#coming.shift();
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#rung = false;
  }

  ring(): void {
    this.#rung = true;
    this.#end?.();
    this.#end = undefined;
  }

  async yieldToEvents(): Promise<void> {
    while (this.#coming[0] !== undefined && this.#coming[0].at <= this.#now) this.#coming.shift()?.run();
  }
}
