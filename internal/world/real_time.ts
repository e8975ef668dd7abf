import { wall } from "./wall.ts";

/** Real time to run by: how far it is, and waiting for it. */
export interface RealTime {
  /** Milliseconds from an unspecified start, with a fraction, that never fall. */
  monotonicMs(): number;
  /**
   * Resolves when `ms` milliseconds have passed (absent: never by itself), or as soon as `ring` is called; at once if it was
   * called since the last wait ended. It may resolve early: look at the time again. One wait at a time.
   */
  wait(ms?: number): Promise<void>;
  /** Ends the present wait, or else the next one. */
  ring(): void;
  /** Lets the event loop take a turn (BUN.md). */
  yieldToEvents(): Promise<void>;
}

/** The longest delay that a timer of the engine takes, in milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The time of this machine. */
export function realTime(): RealTime {
  let rung = false;
  let end: (() => void) | undefined;
  return {
    monotonicMs: wall.monotonicMs,
    yieldToEvents: wall.yieldToEvents,
    wait: (ms) =>
      new Promise((resolve) => {
        if (rung) {
          rung = false;
          resolve();
          return;
        }
        const timer = ms === undefined ? undefined : setTimeout(() => end?.(), Math.min(Math.max(ms, 0), MAX_TIMER_MS));
        end = () => {
          clearTimeout(timer);
          end = undefined;
          resolve();
        };
      }),
    ring: () => {
      if (end === undefined) rung = true;
      else end();
    },
  };
}
