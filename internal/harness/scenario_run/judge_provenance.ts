import type { Invocation } from "../../trace/mod.ts";
import { subset, type Value, writeCanonical } from "../../value/mod.ts";
import type { Miss } from "./judge_trace.ts";
import type { RunTrace } from "./run_trace.ts";

/** What `provenance` asks for. */
export interface WantedEdge {
  /** The action whose completion is the trigger. */
  readonly from: string;
  /** The sync. */
  readonly via: string;
  /** The action that it invoked. */
  readonly to: string;
  /** Of the firing, as a subset. */
  readonly bindings: Value | undefined;
}

/** Nobody reads more edges than these. */
const MOST_EDGES = 40;

/** `provenance`: some invocation of `to` was caused by `via`, triggered by a completion of `from` (scenarios.md §8). */
export function judgeProvenance(wanted: WantedEdge, trace: RunTrace): Miss | undefined {
  const { from, via, to, bindings } = wanted;
  const caused = trace.of(to).filter(({ invocation }) => invocation.cause !== undefined);
  if (caused.some(({ invocation }) => isEdge(wanted, invocation, trace))) return undefined;
  const withBindings = bindings === undefined ? "" : ` with bindings ${writeCanonical(bindings)}`;
  const edges = caused
    .slice(0, MOST_EDGES)
    .map(({ invocation }) => edgeText(invocation, trace, bindings !== undefined));
  const more = caused.length > MOST_EDGES ? ", …" : "";
  return {
    expected: `${from} -[${via}]-> ${to}${withBindings}`,
    actual: edges.length === 0 ? "none" : `${edges.join(", ")}${more}`,
  };
}

function isEdge({ from, via, bindings }: WantedEdge, { cause }: Invocation, trace: RunTrace): boolean {
  if (cause?.sync !== via || trace.provenance.event(cause.completion)?.action_uri !== from) return false;
  return bindings === undefined || (cause.bindings !== undefined && subset(bindings, cause.bindings));
}

function edgeText({ seq, cause }: Invocation, trace: RunTrace, withBindings: boolean): string {
  const trigger = cause === undefined ? undefined : trace.provenance.event(cause.completion);
  const bindings = withBindings && cause?.bindings !== undefined ? ` ${writeCanonical(cause.bindings)}` : "";
  return `[${trigger?.seq ?? "?"}] ${trigger?.action_uri ?? "?"} -[${cause?.sync ?? "?"}]-> [${seq}]${bindings}`;
}
