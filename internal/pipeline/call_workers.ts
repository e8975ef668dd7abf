import { SILENCE, WorkerFault } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import type { Node } from "./node.ts";
import type { SimEvent } from "./sim_event.ts";

/**
 * Calls the workers of a step one after another, each with what the one before made of the event, as one call: a fault in any
 * takes back what all did to the state (pipelines §4). The event itself is left as it is: a record shows the payload that
 * the step received.
 */
export function callWorkers({ workers, context }: Node, event: SimEvent): Json | typeof SILENCE | WorkerFault {
  let seen = event;
  for (let at = 0; at < workers.length; at += 1) {
    const result = workers[at]?.(seen, context) ?? null;
    if (result === SILENCE || result instanceof WorkerFault) {
      context.endCall(result !== SILENCE);
      return result;
    }
    if (at === workers.length - 1) {
      context.endCall(false);
      return result;
    }
    if (result !== seen.payload) seen = event.copy(result);
  }
  return seen.payload;
}
