import type { StageStats } from "./stage_stats.ts";

/** A run lost or made events: a bug of plumb (pipelines §7, accounting), exit 70. */
export class ConservationError extends Error {
  override readonly name = "E_INTERNAL_CONSERVATION";
  readonly code = "E_INTERNAL_CONSERVATION";
}

/**
 * Throws a {@link ConservationError} unless every event that entered a node left it, was counted as lost, or is held by it:
 * `enqueued = emitted + dropped + shunted + silenced + errored + held`. After quiescence nothing is held.
 */
export function checkConservation(stages: readonly StageStats[], quiescent: boolean): void {
  for (const { stage, enqueued, emitted, dropped, shunted, silenced, errored, held } of stages) {
    const left = emitted + dropped + shunted + silenced + errored + held;
    if (enqueued !== left) {
      throw new ConservationError(
        `${stage.name} took ${enqueued} events, but ${emitted} left, ${dropped} were dropped, ${shunted} shunted, ` +
          `${silenced} silenced, ${errored} ended in errors and ${held} are held`,
      );
    }
    if (quiescent && held !== 0) {
      throw new ConservationError(`nothing is due any more, but ${stage.name} holds ${held} events`);
    }
  }
}
