import type { Clock } from "./clock.ts";
import { DeterministicClock } from "./deterministic_clock.ts";
import { FixedFlowGenerator } from "./fixed_flow_generator.ts";
import type { FlowTokens } from "./flow_tokens.ts";
import { type Rng, seededRng } from "./rng.ts";
import type { Scheduler } from "./scheduler.ts";
import { VirtualScheduler } from "./virtual_scheduler.ts";

/** The injected sources of everything that could differ between two runs (DESIGN, words). */
export interface World {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly rng: Rng;
  readonly flowTokens: FlowTokens;
}

/** A world in which time is virtual and the same seed gives the same bytes. */
export interface VirtualWorld extends World {
  readonly clock: DeterministicClock;
  readonly scheduler: VirtualScheduler;
}

export interface VirtualWorldOptions {
  /** Default 42 (DESIGN, determinism). */
  readonly seed?: number;
  /** The stable id of the case whose world this is: its random numbers depend on the seed and on this alone. */
  readonly caseId?: string;
  /** Virtual time at the start, in milliseconds; default 0. */
  readonly startMs?: number;
  /** The one flow token; default `test-flow-default` (scenarios §7). */
  readonly flowToken?: string;
}

/** The seed of a world that is given none (DESIGN, determinism). */
export const DEFAULT_SEED = 42;

/** A fresh world for one case. Two worlds of equal options behave equally and share nothing. */
export function virtualWorld(options: VirtualWorldOptions = {}): VirtualWorld {
  const { seed = DEFAULT_SEED, caseId, startMs = 0, flowToken = "test-flow-default" } = options;
  const clock = new DeterministicClock(startMs);
  const rng = seededRng(seed);
  return {
    clock,
    scheduler: new VirtualScheduler(clock),
    rng: caseId === undefined ? rng : rng.split(caseId),
    flowTokens: new FixedFlowGenerator(flowToken),
  };
}
