import { virtualTimestamp } from "../diag/mod.ts";
import { type DeterministicClock, realTime, type Wall, wall } from "../world/mod.ts";

/**
 * The time that a run goes by. It is virtual in tests and real otherwise; the engine that is tested is the engine that runs
 * (DESIGN, three ideas). One run, one run time.
 */
export interface RunTime {
  /** Milliseconds since 1970 that never fall, with a fraction in real time. */
  now(): number;
  /** The timestamp of a `now()`. */
  timestamp(ms: number): string;
  /**
   * Resolves when `ms` have passed (undefined: never by itself), or as soon as somebody rings.
   * @param busy somebody works meanwhile, and will ring
   */
  wait(ms: number | undefined, busy: boolean): Promise<void>;
  ring(): void;
  /** Lets the event loop take a turn, so that signals are seen. */
  yieldToEvents(): Promise<void>;
}

/** A time that passes when it is told to. */
export interface VirtualRunTime extends RunTime {
  pass(ms: number): void;
}

/** The time of this machine. It never goes back, even where somebody sets the machine's clock. */
export function realRunTime(clock: Wall = wall): RunTime {
  const time = realTime();
  const epoch = clock.nowMs() - time.monotonicMs();
  return {
    now: () => epoch + time.monotonicMs(),
    timestamp: (ms) => new Date(ms).toISOString(),
    wait: (ms) => time.wait(ms),
    ring: time.ring,
    yieldToEvents: time.yieldToEvents,
  };
}

/**
 * The virtual time of a test's world: waiting costs nothing. Where a step is at work, everything that needs no time is done first;
 * then the clock goes on, whether the step waits for that or for something real.
 */
export function virtualRunTime(clock: DeterministicClock): VirtualRunTime {
  let rung = false;
  let end: (() => void) | undefined;
  const pass = (ms: number) => clock.advanceTo(clock.now() + Math.ceil(ms));
  return {
    pass,
    now: () => clock.now(),
    timestamp: virtualTimestamp,
    yieldToEvents: wall.yieldToEvents,
    ring() {
      rung = true;
      end?.();
    },
    async wait(ms, busy) {
      if (busy) await wall.yieldToEvents();
      if (!rung && ms !== undefined) pass(ms);
      else if (!rung) await new Promise<void>((resolve) => (end = resolve));
      rung = false;
      end = undefined;
    },
  };
}
