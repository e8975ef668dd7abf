import { type ErrorRecord, errorRecord } from "../diag/mod.ts";
import type { Json } from "../value/mod.ts";
import type { VirtualWorld } from "../world/mod.ts";
import type { Arrival, KvAction } from "./events_in.ts";

/** What a run of a pipeline leaves. */
export interface PipelineRun {
  readonly outputs: readonly Json[];
  readonly errors: readonly ErrorRecord[];
  /** Virtual milliseconds at its end. */
  readonly endMs: number;
}

/** External arrivals have priority 1 (pipelines §6). */
const ARRIVAL_PRIORITY = 1;

/**
 * Runs `ingress -> egress`, which an undeclared pipeline behaves as (ami-tests §3), to quiescence in virtual time.
 * Something due after `limitMs` (0: no limit) ends the run with `E_TIMEOUT` at the limit. `onKv` acts for the tester when
 * an event enters.
 */
export function runIdentity(
  world: VirtualWorld,
  pipeline: string,
  arrivals: readonly Arrival[],
  limitMs: number,
  onKv: (action: KvAction) => void,
): PipelineRun {
  const outputs: Json[] = [];
  const errors: ErrorRecord[] = [];
  arrivals.forEach((arrival, index) => {
    world.scheduler.at(arrival.at, ARRIVAL_PRIORITY, () => {
      if (arrival.errorCode !== undefined) {
        errors.push(simulatedError(arrival, arrival.errorCode, `${pipeline}/ingress/${index}`, pipeline));
        return;
      }
      if (arrival.kv !== undefined) onKv(arrival.kv);
      outputs.push(arrival.payload);
    });
  });
  const { end, timedOut } = world.scheduler.run(limitMs > 0 ? limitMs : undefined);
  if (timedOut) {
    const message = `the run needs more than ${limitMs} ms`;
    errors.push(errorRecord({ code: "E_TIMEOUT", message, data: { pipeline }, atMs: end }));
  }
  return { outputs, errors, endMs: end };
}

function simulatedError(arrival: Arrival, code: string, id: string, pipeline: string): ErrorRecord {
  return errorRecord({
    code,
    message: `simulated error ${code}`,
    data: { event: { id: arrival.id ?? id, payload: arrival.payload }, node: "ingress", pipeline },
    atMs: arrival.at,
  });
}
