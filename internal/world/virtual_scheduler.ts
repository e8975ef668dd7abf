import { Agenda } from "./agenda.ts";
import { checkMs } from "./check_ms.ts";
import type { DeterministicClock } from "./deterministic_clock.ts";
import type { Scheduler } from "./scheduler.ts";

/** How a run ended: when, and whether something was still due after its limit. */
export interface RunEnd {
  /** Virtual time of the end, in milliseconds. */
  readonly end: number;
  readonly timedOut: boolean;
}

/**
 * The scheduler of virtual time: it sets the clock to the time of each task instead of waiting for it. Synchronous, so a
 * task that sleeps an hour costs microseconds.
 *
 * ```ts
 * const clock = new DeterministicClock();
 * const scheduler = new VirtualScheduler(clock);
 * scheduler.at(3_600_000, 0, () => {});
 * scheduler.run(); // { end: 3600000, timedOut: false }
 * ```
 */
export class VirtualScheduler implements Scheduler {
  readonly #clock: DeterministicClock;
  readonly #agenda = new Agenda<() => void>();

  constructor(clock: DeterministicClock) {
    this.#clock = clock;
  }

  /** Throws a RangeError for a time that is past, or not whole: no order could be kept with it. */
  at(time: number, priority: number, task: () => void): void {
    checkMs(time, "the time of a task");
    if (!Number.isFinite(priority)) throw new RangeError(`the priority of a task is ${priority}; a number is expected`);
    const now = this.#clock.now();
    if (time < now) throw new RangeError(`a task was scheduled at ${time} ms, but it is ${now} ms already`);
    this.#agenda.insert(time, priority, task);
  }

  /** When the earliest task is due; undefined at quiescence. */
  get nextTime(): number | undefined {
    return this.#agenda.peek()?.time;
  }

  /** Sets the clock to the earliest task and runs it; false if there is none. What the task throws passes through. */
  step(): boolean {
    const entry = this.#agenda.take();
    if (entry === undefined) return false;
    this.#clock.advanceTo(entry.time);
    entry.item();
    return true;
  }

  /**
   * Runs until nothing is due (*quiescence*). With `limitMs`, an instant of the clock, what is due at the limit is still
   * done; if something is due after it, the clock stops at the limit and the rest stays scheduled (ami-tests §5).
   */
  run(limitMs = Number.POSITIVE_INFINITY): RunEnd {
    if (!(limitMs >= this.#clock.now())) {
      throw new RangeError(`the limit of a run is ${limitMs} ms, but it is ${this.#clock.now()} ms already`);
    }
    for (;;) {
      const time = this.nextTime;
      if (time === undefined) return { end: this.#clock.now(), timedOut: false };
      if (time > limitMs) {
        this.#clock.advanceTo(limitMs);
        return { end: limitMs, timedOut: true };
      }
      this.step();
    }
  }
}
