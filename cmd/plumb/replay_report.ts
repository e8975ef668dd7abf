import { printable } from "../../internal/diag/mod.ts";
import type { ReplayResult } from "../../internal/sync/mod.ts";
import { renderDifference } from "../../internal/trace/mod.ts";
import { writeCanonical } from "../../internal/value/mod.ts";

type Divergence = NonNullable<ReplayResult["divergence"]>;

/** `replay: 8 events in 1 flow: IDENTICAL`, or where it diverged and the difference (spec/scenarios.md §11). */
export function replayText(result: ReplayResult): string {
  const { events, flows, divergence } = result;
  if (divergence !== undefined) return `${divergedText(divergence)}\n`;
  return `replay: ${count(events, "event")} in ${count(flows, "flow")}: IDENTICAL${remarks(result)}\n`;
}

/** The same for machines: one line of canonical JSON. */
export function replayJson({ events, flows, pending, taken, divergence }: ReplayResult): string {
  const diverged =
    divergence === undefined
      ? null
      : {
          actual: divergence.actual ?? null,
          expected: divergence.expected ?? null,
          flow_token: divergence.flowToken,
          index: divergence.index,
        };
  return `${writeCanonical({ diverged, events, flows, identical: diverged === null, pending, taken })}\n`;
}

/** `event 8 of flow f`. */
export function divergencePlace({ index, flowToken }: Divergence): string {
  return `event ${index} of flow ${printable(flowToken)}`;
}

function divergedText(divergence: Divergence): string {
  const { index, difference, status } = divergence;
  const place = `${divergencePlace(divergence)} (${count(index - 1, "event")} equal)`;
  const heading = `replay: DIVERGED at ${place}\nfirst difference (- expected, + actual)`;
  if (status === undefined) return renderDifference(heading, difference);
  // All events are equal: what differs is how the flow ended.
  const ends = { expected: [ending(status.expected)], actual: [ending(status.actual)], paths: [] };
  return renderDifference(heading, { ...difference, ...ends });
}

function ending(status: string): string {
  return status === "open" ? "the flow is open" : `the flow failed: ${status}`;
}

function remarks({ pending, taken }: ReplayResult): string {
  const parts = [
    ...(pending === 0 ? [] : [`${pending} pending`]),
    ...(taken === 0 ? [] : [`${taken} taken from the log`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
