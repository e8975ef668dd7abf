import type { Findings } from "../syntax/mod.ts";
import { type GraphStep, stepLabel } from "./step_instance.ts";
import { KIND_NAMES } from "./step_kind.ts";
import type { Wire } from "./wiring.ts";

/** What the edge checks must know of a step beyond what it is. */
export type TypeOf = (step: GraphStep) => string | undefined;

/** Judges every edge for itself (pipelines §2, §3) and returns each once: one that stands twice is ignored the second time. */
export function checkEdges(
  wires: readonly Wire[],
  steps: readonly GraphStep[],
  typeOf: TypeOf,
  findings: Findings,
): readonly Wire[] {
  const seen = new Set<number>();
  const edges: Wire[] = [];
  for (const wire of wires) {
    const key = wire.from.index * steps.length + wire.to.index;
    if (seen.has(key)) {
      findings.add("W_PIPELINE_DUP_EDGE", `the edge ${shown(wire)} stands twice; the second is ignored`, wire.at);
      continue;
    }
    seen.add(key);
    edges.push(wire);
    checkEnds(wire, findings);
    checkTypes(wire, typeOf, findings);
  }
  checkWriters(edges, findings);
  return edges;
}

function checkEnds(wire: Wire, findings: Findings): void {
  const { from, to, at } = wire;
  if (from === to) {
    findings.add("E_PIPELINE_SELF_EDGE", `${stepLabel(from)} is connected to itself`, at);
    return;
  }
  if (to.kind === "ingress" || to.kind === "io.read") {
    findings.add("E_EDGE_TO_INGRESS", `the edge ${shown(wire)} enters ${KIND_NAMES[to.kind]}, which is a source`, at);
  }
  if (from.kind === "egress") findings.add("E_EDGE_FROM_EGRESS", `the edge ${shown(wire)} leaves egress`, at);
  if (to.kind === "timer" && from.kind !== "ingress") {
    findings.add("E_EDGE_TO_TIMER", `the edge ${shown(wire)} enters a Timer; only an ingress may do that`, at);
  }
}

function checkTypes(wire: Wire, typeOf: TypeOf, findings: Findings): void {
  const [from, to] = [typeOf(wire.from), typeOf(wire.to)];
  if (from === undefined || to === undefined || from === to) return;
  findings.add(
    "E_EVENT_TYPE_FLOW",
    `${stepLabel(wire.from)} gives ${from}, but ${stepLabel(wire.to)} takes ${to}`,
    wire.at,
  );
}

/** An io.Write stands last: what it passes on can go to egress only (pipelines §3). */
function checkWriters(edges: readonly Wire[], findings: Findings): void {
  const reported = new Set<GraphStep>();
  for (const { from, to } of edges) {
    if (from.kind !== "io.write" || to.kind === "egress" || from === to || reported.has(from)) continue;
    reported.add(from);
    const message = `${stepLabel(from)} is followed by ${stepLabel(to)}; an io.Write stands last, or right before egress`;
    findings.add("E_IO_PERMISSION", message, from.at);
  }
}

function shown({ from, to }: Wire): string {
  return `${stepLabel(from)} -> ${stepLabel(to)}`;
}
