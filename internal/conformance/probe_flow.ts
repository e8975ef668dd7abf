import type { Json } from "../value/mod.ts";

/** A step of a probe: its id, its kind, and what differs from a step without arguments, limits and retries. */
export interface ProbeStep {
  readonly id: string;
  readonly type: string;
  readonly with?: { readonly [name: string]: Json };
  readonly timeout_ms?: number;
  readonly retry?: { readonly max: number; readonly backoff_ms: number };
}

/** A way of a probe: `a -> b`, `a -!> b` after failure, `a -x> b` for case x of a switch. */
export type ProbeWay = string;

/** Flow IR as JSON; checks change parts of it. */
export interface ProbeIr {
  readonly [member: string]: Json;
  readonly graph: { readonly nodes: readonly Json[]; readonly edges: readonly Json[] } & { [key: string]: Json };
}

/** A flow of a few steps; every one is below 8 KiB (flows §16). */
export function probeFlow(steps: readonly ProbeStep[], ways: readonly ProbeWay[] = [], timeoutMs = 0): ProbeIr {
  return {
    version: "1.0.0",
    flow: { name: "plumb.check", timeout_ms: timeoutMs },
    constants: { policyRef: "none", policy: {} },
    inputs_schema: {},
    graph: { nodes: steps.map(node), edges: ways.map(edge) },
    metadata: { generated_at: "2026-01-01T00:00:00Z", source_file: "plumb_check.wdl" },
  };
}

/** The step that gives a flow its outputs. */
export function emit(outputs: { readonly [name: string]: Json }, id = "emit"): ProbeStep {
  return { id, type: "dsl.emit", with: outputs };
}

/** A switch over input `key`. */
export function choose(id: string, cases: { readonly [literal: string]: string }, fallback?: string): ProbeStep {
  const chosen = { key_from: "$.inputs.key", cases: { ...cases } };
  return { id, type: "switch", with: fallback === undefined ? chosen : { ...chosen, default: fallback } };
}

function node({ id, type, with: args = {}, timeout_ms = 0, retry = { max: 0, backoff_ms: 0 } }: ProbeStep): Json {
  return { id, type, with: { ...args }, timeout_ms, retry: { ...retry } };
}

function edge(way: ProbeWay): Json {
  const [, from = "", mark = "", to = ""] = /^(\S+) -(\S*)> (\S+)$/.exec(way) ?? [];
  const on = mark === "!" ? "failure" : "success";
  return mark === "" || mark === "!" ? { from, to, on } : { from, to, on, case: mark };
}
