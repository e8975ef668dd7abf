import type { Wall } from "./wall.ts";

/** A wall on which it is always `epochMs` and nothing is random: the test double of `wall`. */
export function fixedWall(epochMs = 0): Wall {
  return {
    nowIso: () => new Date(epochMs).toISOString(),
    nowMs: () => epochMs,
    monotonicMs: () => 0,
    randomSeed: () => 0,
    randomBytes: (count) => new Uint8Array(count),
    yieldToEvents: () => Promise.resolve(),
    // No time passes here.
    pause: () => new Promise(() => undefined),
  };
}
