import { type ErrorRecord, errorRecord } from "../../diag/mod.ts";
import type { Json } from "../../value/mod.ts";
import type { DeterministicClock } from "../../world/mod.ts";
import type { Arrival, KvAction } from "./events_in.ts";

/** What a run of events leaves, as far as its case looks at it. */
export interface EventRun {
  readonly outputs: readonly Json[];
  readonly errors: readonly ErrorRecord[];
  /** Virtual milliseconds at its end. */
  readonly endMs: number;
}

/**
 * Runs `ingress -> egress`, which an undeclared pipeline behaves as (ami-tests §3), to quiescence in virtual time. It does
 * what the executor does with that graph, and a property test holds it to that; but most cases of a file that tests the
 * tester need nothing else, and building a simulation costs ten times what they do. Something due after `limitMs` (0: no
 * limit) ends the run with `E_TIMEOUT` at the limit. `onKv` acts for the tester when an event enters.
 */
export function runIdentity(
  clock: DeterministicClock,
  pipeline: string,
  arrivals: readonly Arrival[],
  limitMs: number,
  onKv: (action: KvAction) => void,
): EventRun {
  const outputs: Json[] = [];
  const errors: ErrorRecord[] = [];
  // The sort is stable: ties go by position.
  for (const [entered, arrival] of inOrder(arrivals).entries()) {
    if (limitMs > 0 && arrival.at > limitMs) {
      clock.advanceTo(limitMs);
      const message = `the run needs more than ${limitMs} ms`;
      errors.push(errorRecord({ code: "E_TIMEOUT", message, data: { pipeline }, atMs: limitMs }));
      break;
    }
    clock.advanceTo(arrival.at);
    if (arrival.errorCode !== undefined) {
      errors.push(simulatedError(arrival, arrival.errorCode, `${pipeline}/ingress/${entered}`, pipeline));
      continue;
    }
    if (arrival.kv !== undefined) onKv(arrival.kv);
    outputs.push(arrival.payload);
  }
  return { outputs, errors, endMs: clock.now() };
}

function inOrder(arrivals: readonly Arrival[]): readonly Arrival[] {
  return arrivals.length < 2 ? arrivals : arrivals.toSorted((a, b) => a.at - b.at);
}

function simulatedError(arrival: Arrival, code: string, id: string, pipeline: string): ErrorRecord {
  return errorRecord({
    code,
    message: `simulated error ${code}`,
    data: { event: { id: arrival.id ?? id, payload: arrival.payload }, node: "ingress", pipeline },
    atMs: arrival.at,
  });
}
