import type { Provenance } from "./provenance.ts";
import type { TraceEvent } from "./trace_event.ts";

/**
 * `plumb trace --format mermaid` (scenarios §11): a flowchart of events, then an arrow per completion, then one per
 * cause, each group in `seq` order. Arrows from events that are not among `events` are left out.
 */
export function traceMermaid(events: readonly TraceEvent[], provenance: Provenance): string {
  const ordered = [...events].sort((a, b) => a.seq - b.seq);
  const shown = new Set(ordered.map(({ id }) => id));
  const completions: string[] = [];
  const causes: string[] = [];
  for (const event of ordered) {
    const before = provenance.causeOf(event);
    if (before === undefined || !shown.has(before.id)) continue;
    if (event.type === "completion") completions.push(`  e${before.seq} --> e${event.seq}`);
    else causes.push(`  e${before.seq} -- "${label(event.cause?.sync ?? "")}" --> e${event.seq}`);
  }
  return `${["flowchart TD", ...ordered.map(node), ...completions, ...causes].join("\n")}\n`;
}

function node(event: TraceEvent): string {
  return event.type === "invocation"
    ? `  e${event.seq}["[${event.seq}] ${label(event.action_uri)}"]`
    : `  e${event.seq}(["[${event.seq}] ${label(event.output_case)}"])`;
}

/** Names that the spec checker lets through need nothing; a log of other makers may hold any text. */
function label(text: string): string {
  return text.replace(/["<>&\p{Cc}]/gu, (character) => `#${character.codePointAt(0)};`);
}
