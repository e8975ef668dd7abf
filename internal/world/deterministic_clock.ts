import { checkMs } from "./check_ms.ts";
import type { Clock, SeqClock } from "./clock.ts";

/**
 * Both clocks of a deterministic world: virtual milliseconds, which move only when told to, and the logical clock of an
 * event log (scenarios §9). The two are independent: time passing ticks nothing, a tick takes no time.
 *
 * ```ts
 * const clock = new DeterministicClock();
 * clock.advanceTo(3_600_000); // an hour, at once
 * clock.now();                // 3600000
 * clock.next();               // 1
 * ```
 */
export class DeterministicClock implements Clock, SeqClock {
  readonly #startMs: number;
  #nowMs: number;
  #seq = 0;

  constructor(startMs = 0) {
    checkMs(startMs, "the start of the clock");
    this.#startMs = startMs;
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  /** Sets the time, in milliseconds. Throws a RangeError for a time before `now()`: virtual time never falls. */
  advanceTo(ms: number): void {
    checkMs(ms, "the time");
    if (ms < this.#nowMs) throw new RangeError(`the time is ${this.#nowMs} ms and cannot go back to ${ms} ms`);
    this.#nowMs = ms;
  }

  next(): number {
    this.#seq += 1;
    return this.#seq;
  }

  current(): number {
    return this.#seq;
  }

  /** Puts both clocks back to where they were made: the next run on this clock gives the same times and numbers. */
  reset(): void {
    this.#nowMs = this.#startMs;
    this.#seq = 0;
  }

  /** Gives back the ticks after `seq`, as when a unit of the log is rolled back. Throws a RangeError for a later `seq`. */
  rewind(seq: number): void {
    if (!Number.isSafeInteger(seq) || seq < 0 || seq > this.#seq) {
      throw new RangeError(`cannot rewind to ${seq}; a whole number from 0 to ${this.#seq} is expected`);
    }
    this.#seq = seq;
  }
}
