import type { Findings, Span } from "../syntax/mod.ts";
import { findCycles } from "./cycles.ts";
import type { Link } from "./graph_order.ts";
import { reachableFrom, reaching } from "./reachability.ts";
import { type GraphStep, stepLabel } from "./step_instance.ts";
import { isSink, isSource, KIND_NAMES } from "./step_kind.ts";

/** A graph whose steps and edges are sound. */
export interface SoundGraph {
  /** Findings about the graph as a whole stand at the word `pipeline`, or `error` of an error pipeline. */
  readonly keyword: Span;
  readonly isError: boolean;
  readonly steps: readonly GraphStep[];
  /** By the steps' indexes. */
  readonly edges: readonly Link[];
}

/** Judges a graph as a whole: its ends, its cycles, and what no path leads through (the last rows of pipelines §2, and §11). */
export function checkWholeGraph(graph: SoundGraph, findings: Findings): void {
  const { steps, edges } = graph;
  const sources = startsOf(graph);
  const sinks = steps.filter(({ kind }) => isSink(kind)).map(({ index }) => index);
  checkStart(graph, findings);
  checkEnd(graph, findings);
  const cycles = findCycles(steps.length, edges);
  for (const cycle of cycles) reportCycle(cycle, steps, findings);
  if (cycles.length > 0) return;
  const loose = looseSteps(graph);
  for (const step of loose) {
    findings.add("E_PIPELINE_NODE_DISCONNECTED", `${stepLabel(step)} is connected to no other step`, step.at);
  }
  if (sources.length > 0 && sinks.length > 0) checkPaths(graph, sources, sinks, new Set(loose), findings);
}

/** Where events begin: sources, or in an error pipeline every step without in-edges. */
function startsOf({ isError, steps, edges }: SoundGraph): readonly number[] {
  if (!isError) return steps.filter(({ kind }) => isSource(kind)).map(({ index }) => index);
  const entered = new Set(edges.map(({ to }) => to));
  return steps.map(({ index }) => index).filter((index) => !entered.has(index));
}

function checkStart({ keyword, isError, steps }: SoundGraph, findings: Findings): void {
  const sources = steps.filter(({ kind }) => isSource(kind));
  if (isError) {
    for (const { kind, at } of sources) {
      const message = `an error pipeline has no source of its own, but here is ${KIND_NAMES[kind]}`;
      findings.add("E_ERRPIPE_START_INVALID", message, at);
    }
  } else if (sources.length === 0) {
    findings.add("E_PIPELINE_START_INGRESS", "the pipeline has no source: an ingress, a Timer or an io.Read", keyword);
  }
}

function checkEnd({ keyword, isError, steps }: SoundGraph, findings: Findings): void {
  const [first, ...more] = steps.filter(({ kind }) => kind === "egress");
  for (const { at } of more) findings.add("E_DUP_EGRESS", "the pipeline has an egress already", at);
  if (first !== undefined) return;
  if (isError) findings.add("E_ERRPIPE_END_EGRESS", "the error pipeline has no egress", keyword);
  else if (!steps.some(({ kind }) => isSink(kind))) {
    findings.add("E_PIPELINE_END_EGRESS", "the pipeline has no end: an egress or an io.Write", keyword);
  }
}

function reportCycle(cycle: readonly number[], steps: readonly GraphStep[], findings: Findings): void {
  const members = cycle.flatMap((index) => steps[index] ?? []);
  const [first] = members;
  if (first === undefined) return;
  const names = [...members, first].map(stepLabel).join(" -> ");
  findings.add("E_PIPELINE_CYCLE", `the steps form a cycle: ${names}`, first.at);
}

/** The steps without edges. A step of an error pipeline always has one: from its source, or from what comes before. */
function looseSteps({ isError, steps, edges }: SoundGraph): readonly GraphStep[] {
  if (isError) return [];
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return steps.filter(({ index }) => !connected.has(index));
}

function checkPaths(
  { keyword, steps, edges }: SoundGraph,
  sources: readonly number[],
  sinks: readonly number[],
  loose: ReadonlySet<GraphStep>,
  findings: Findings,
): void {
  const fromSource = reachableFrom(steps.length, edges, sources);
  const toSink = reaching(steps.length, edges, sinks);
  if (!sinks.some((sink) => fromSource[sink])) {
    findings.add("E_PIPELINE_NO_PATH_INGRESS_EGRESS", "no path leads from a source to an end", keyword);
    return;
  }
  for (const step of steps) {
    if (loose.has(step)) continue;
    if (!fromSource[step.index]) {
      findings.add("E_PIPELINE_UNREACHABLE_FROM_INGRESS", `no source reaches ${stepLabel(step)}`, step.at);
    }
    if (!toSink[step.index]) {
      findings.add("E_PIPELINE_CANNOT_REACH_EGRESS", `no path leads from ${stepLabel(step)} to an end`, step.at);
    }
  }
}
