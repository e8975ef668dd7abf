import { writeCanonical } from "../value/mod.ts";
import type { Provenance } from "./provenance.ts";
import type { TraceEvent } from "./trace_event.ts";

/** One event as canonical JSON: a line of a golden file, without its end. */
export function eventJson(event: TraceEvent): string {
  return writeCanonical(event);
}

/**
 * One event as people read it (scenarios §8, §12): `[7] Inventory.reserve {…} <- [6] reserve-on-checkout {…}`,
 * `[8]   [7] = Success {…}`, with ` (pending)` or ` (assumed)` appended. `provenance` knows all events of the log that
 * are to be referred to by their `seq`; an event that it does not know is shown by the start of its id.
 */
export function eventText(event: TraceEvent, provenance: Provenance): string {
  const number = `[${event.seq}]`;
  if (event.type === "completion") {
    const of = numberOf(event.invocation, provenance);
    const mark = event.assumed === true ? " (assumed)" : "";
    return `${number}   ${of} = ${event.output_case} ${writeCanonical(event.result)}${mark}`;
  }
  const mark = provenance.completionOf(event.id) === undefined ? " (pending)" : "";
  return `${number} ${event.action_uri} ${writeCanonical(event.args)}${causeText(event, provenance)}${mark}`;
}

function causeText(event: TraceEvent & { type: "invocation" }, provenance: Provenance): string {
  if (event.cause === undefined) return "";
  const { completion, sync, bindings } = event.cause;
  const values = bindings === undefined ? "" : ` ${writeCanonical(bindings)}`;
  return ` <- ${numberOf(completion, provenance)} ${sync}${values}`;
}

function numberOf(id: string, provenance: Provenance): string {
  return `[${provenance.event(id)?.seq ?? `${id.slice(0, 8)}…`}]`;
}
