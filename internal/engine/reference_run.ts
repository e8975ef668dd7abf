import { type FlowEdge, type FlowIr, type FlowNode, resolveTemplate, type ValueObject } from "../flow/mod.ts";
import { isObject, type Json } from "../value/mod.ts";

// A naive interpreter of flows §10, for tests: it looks at everything again at each step, knows no performance and shares no code
// with the engine. Time is a number that it adds to.

/** What a step does at each of its attempts; the last one repeats. */
export type Script = readonly {
  readonly delay: number;
  readonly error?: { code: number; retriable: boolean };
  readonly result?: ValueObject;
}[];

export interface ReferenceResult {
  readonly status: string;
  /** `read started 1 @0`, `read failed 1 @5 retry`, … */
  readonly events: readonly string[];
  readonly steps: ValueObject;
  readonly outputs: ValueObject;
  readonly counts: readonly [succeeded: number, failed: number, skipped: number];
  readonly error:
    | { readonly code: number; readonly cause: string | undefined; readonly step: string; readonly attempt: number }
    | undefined;
  readonly end: number;
}

class Over extends Error {}

export function referenceRun(ir: FlowIr, inputs: ValueObject, scripts: ReadonlyMap<string, Script>): ReferenceResult {
  const { nodes, edges } = ir.graph;
  const settled = new Map<string, "succeeded" | "failed" | "skipped">();
  const taken = new Set<FlowEdge>();
  const steps: ValueObject = {};
  const events: string[] = [];
  const limit = ir.flow.timeout_ms === 0 ? Number.POSITIVE_INFINITY : ir.flow.timeout_ms;
  let outputs: ValueObject = {};
  let error: ReferenceResult["error"];
  let now = 0;
  /** The attempt that began last. */
  let tried = 0;

  const into = (node: FlowNode) => edges.filter(({ to }) => to === node.id);
  const isReady = (node: FlowNode) => !settled.has(node.id) && into(node).every(({ from }) => settled.has(from));
  const isWanted = (node: FlowNode) => into(node).length === 0 || into(node).some((edge) => taken.has(edge));
  const tell = (node: FlowNode, what: string) => events.push(`${node.id} ${what} @${now}`);

  /** Time goes on; the run ends where its limit comes first. */
  const pass = (until: number): void => {
    if (until > limit) {
      now = limit;
      throw new Over();
    }
    now = until;
  };

  const succeed = (node: FlowNode, wants: (edge: FlowEdge) => boolean): void => {
    settled.set(node.id, "succeeded");
    for (const edge of edges) if (edge.from === node.id && edge.on === "success" && wants(edge)) taken.add(edge);
  };

  const fail = (node: FlowNode, code: number, cause: string | undefined): void => {
    settled.set(node.id, "failed");
    const handlers = edges.filter((edge) => edge.from === node.id && edge.on === "failure");
    for (const edge of handlers) taken.add(edge);
    if (handlers.length === 0) error = { code, cause, step: node.id, attempt: tried };
  };

  const choose = (node: FlowNode): void => {
    tried = 1;
    tell(node, "started 1");
    const {
      key_from,
      cases,
      default: fallback,
    } = node.with as { key_from: string; cases: Record<string, string>; default: string };
    const [, , ...path] = key_from.split(".");
    let key: Json | undefined = (key_from.startsWith("$.inputs") ? inputs : steps) as Json;
    for (const part of path) key = isObject(key ?? null) ? (key as { [k: string]: Json })[part] : undefined;
    const text = ["string", "number", "boolean"].includes(typeof key) ? String(key) : undefined;
    const hasDefault = fallback in cases || edges.some((edge) => edge.from === node.id && edge.case === fallback);
    const chosen = text !== undefined && text in cases ? text : hasDefault ? fallback : undefined;
    if (chosen === undefined) {
      tell(node, "failed 1 Switch");
      fail(node, 2001, "Switch");
      return;
    }
    tell(node, `succeeded 1 ${chosen}`);
    succeed(node, (edge) => (edge.case === undefined ? edge.to === cases[chosen] : edge.case === chosen));
  };

  const perform = (node: FlowNode): void => {
    const script = scripts.get(node.id) ?? [];
    for (let attempt = 1; ; attempt += 1) {
      tried = attempt;
      tell(node, `started ${attempt}`);
      const what = script[Math.min(attempt, script.length) - 1] ?? { delay: 0, result: {} };
      const isLate = node.timeout_ms > 0 && what.delay > node.timeout_ms;
      try {
        pass(now + (isLate ? node.timeout_ms : what.delay));
      } catch (over) {
        tell(node, `failed ${attempt} FlowTimeout`);
        throw over;
      }
      if (!isLate && what.error === undefined) {
        tell(node, `succeeded ${attempt}`);
        steps[node.id] = what.result ?? {};
        succeed(node, () => true);
        return;
      }
      const failure = isLate ? { code: 2001, retriable: true } : (what.error ?? { code: 2001, retriable: true });
      const again = attempt <= node.retry.max && failure.retriable && failure.code >= 2000 && failure.code <= 2999;
      tell(node, `failed ${attempt}${isLate ? " Timeout" : ""}${again ? " retry" : ""}`);
      if (!again) {
        steps[node.id] = { failed: failure.code };
        fail(node, failure.code, isLate ? "Timeout" : undefined);
        return;
      }
      pass(now + node.retry.backoff_ms);
    }
  };

  let current: FlowNode | undefined;
  try {
    while (error === undefined) {
      const unwanted = nodes.find((node) => isReady(node) && !isWanted(node));
      if (unwanted !== undefined) {
        settled.set(unwanted.id, "skipped");
        continue;
      }
      current = nodes.find((node) => isReady(node));
      if (current === undefined) break;
      if (current.type === "switch") choose(current);
      else if (current.type === "dsl.emit" || current.type === "finish") {
        tell(current, "started 1");
        if (current.type === "dsl.emit") outputs = resolveTemplate(current.with, { inputs, steps }) as ValueObject;
        tell(current, "succeeded 1");
        succeed(current, () => true);
      } else perform(current);
    }
  } catch (over) {
    if (!(over instanceof Over) || current === undefined) throw over;
    settled.set(current.id, "failed");
    steps[current.id] = { failed: 2001 };
    error = { code: 2001, cause: "FlowTimeout", step: current.id, attempt: tried };
  }
  // After an error nothing runs any more, but what can never run is skipped.
  for (
    let node = nodes.find((n) => isReady(n) && !isWanted(n));
    node !== undefined;
    node = nodes.find((n) => isReady(n) && !isWanted(n))
  ) {
    settled.set(node.id, "skipped");
  }
  const count = (status: string) => [...settled.values()].filter((one) => one === status).length;
  return {
    status: error === undefined ? "completed" : "failed",
    events,
    steps,
    outputs,
    counts: [count("succeeded"), count("failed"), count("skipped")],
    error,
    end: now,
  };
}
