import { printable } from "../diag/mod.ts";
import { writeCanonical } from "../value/mod.ts";
import { eventText } from "./event_text.ts";
import type { FlowTrace } from "./flow_trace.ts";
import type { Provenance } from "./provenance.ts";

/** A flow as text (scenarios §11): a line for the flow, a line an event, the failure if there is one. */
export function flowText({ flow_token, status, events, error }: FlowTrace, provenance: Provenance): string {
  const lines = [
    // A token is whatever its user chose, and canonical JSON holds every character beyond U+001F as it is.
    `flow ${printable(flow_token)}: ${status}, ${events.length} events`,
    ...events.map((event) => printable(eventText(event, provenance))),
    ...(error === undefined ? [] : [`failed: ${error.code}: ${printableLines(error.message)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A message may have lines of its own: that of a cycle is a chain of firings (scenarios §4). */
function printableLines(message: string): string {
  return message.split("\n").map(printable).join("\n");
}

/** What stands around the flows of a trace.v1 document, which is one line of canonical JSON; commas are between them. */
export const TRACE_JSON = { begin: '{"flows":[', end: '],"schema":"trace.v1"}\n' } as const;

/** One flow of a trace.v1 document. */
export function flowJson(flow: FlowTrace): string {
  return writeCanonical(flow);
}
