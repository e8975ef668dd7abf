import fc from "fast-check";
import type { FlowEdge, FlowIr, FlowNode, ValueObject } from "../flow/mod.ts";
import type { Script } from "./reference_run.ts";

/** A flow, and all that decides how it runs. */
export interface FlowCase {
  readonly ir: FlowIr;
  readonly inputs: ValueObject;
  readonly scripts: ReadonlyMap<string, Script>;
}

const KEYS = ["x", "3", "true", "zz"] as const;
const INPUT_VALUES = ["x", "zz", "other", 3, true, null, [1]] as const;

const delays = fc.constantFrom(0, 0, 0, 5, 10, 20);
const answers = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ delay: delays, result: fc.constantFrom({ k: "x" }, { k: 3 }, { k: null }, {}) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      delay: delays,
      error: fc.record({ code: fc.constantFrom(2001, 2042, 3002), retriable: fc.boolean() }),
    }),
  },
);

const nodeSpecs = fc.record({
  kind: fc.constantFrom("op", "op", "op", "op", "switch", "switch", "emit"),
  timeout: fc.constantFrom(0, 0, 5, 10),
  retry: fc.record({ max: fc.constantFrom(0, 0, 1, 2), backoff_ms: fc.constantFrom(0, 5, 10) }),
  script: fc.array(answers, { minLength: 1, maxLength: 3 }),
  /** Where it comes in node order. */
  place: fc.nat(1000),
  /** Of a switch: what it looks at, as a number of an input or of a node before it. */
  looks: fc.nat(20),
  hasDefault: fc.boolean(),
});

const edgeSpecs = fc.record({
  from: fc.nat(1000),
  onFailure: fc.boolean(),
  key: fc.constantFrom(...KEYS, "_DEFAULT", undefined),
  isCase: fc.boolean(),
});

/** Random acyclic flows with one entry: branches, joins, handlers, switches, retries and all kinds of time limits. */
export const flowCases: fc.Arbitrary<FlowCase> = fc
  .record({
    nodes: fc.array(fc.record({ spec: nodeSpecs, edges: fc.array(edgeSpecs, { minLength: 1, maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 10,
    }),
    inputs: fc.array(fc.constantFrom(...INPUT_VALUES), { minLength: 3, maxLength: 3 }),
    limit: fc.constantFrom(0, 0, 10, 25, 60),
  })
  .map(({ nodes, inputs, limit }) => {
    const id = (index: number) => `n${index}`;
    const edges: FlowEdge[] = [];
    const cases = new Map<number, Record<string, string>>();
    for (const [index, node] of nodes.entries()) {
      if (index === 0) continue;
      for (const spec of node.edges) {
        const from = spec.from % index;
        const isSwitch = nodes[from]?.spec.kind === "switch";
        const edge: FlowEdge = { from: id(from), to: id(index), on: spec.onFailure ? "failure" : "success" };
        edges.push(isSwitch && !spec.onFailure && spec.isCase ? { ...edge, case: spec.key ?? "x" } : edge);
        if (!isSwitch || spec.key === undefined) continue;
        const known = cases.get(from) ?? {};
        known[spec.key] ??= id(index);
        cases.set(from, known);
      }
    }
    const flowNodes = nodes.map(({ spec }, index): FlowNode & { place: number } => {
      const base = { id: id(index), retry: spec.retry, timeout_ms: spec.timeout, place: spec.place };
      if (spec.kind === "op") return { ...base, type: "op.x", with: {} };
      if (spec.kind === "emit") return { ...base, type: "dsl.emit", with: { at: id(index), seen: `$step.${id(0)}.k` } };
      const key_from =
        spec.looks < 10 || index === 0 ? `$.inputs.i${spec.looks % 3}` : `$.vars.${id(spec.looks % index)}.k`;
      const fallback = spec.hasDefault ? { default: "_DEFAULT" } : { default: "none" };
      return { ...base, type: "switch", with: { key_from, cases: cases.get(index) ?? {}, ...fallback } };
    });
    return {
      ir: {
        version: "1.0.0",
        flow: { name: "random", timeout_ms: limit },
        constants: { policyRef: "none", policy: {} },
        inputs_schema: {},
        graph: { nodes: flowNodes.toSorted((a, b) => a.place - b.place), edges },
        metadata: { generated_at: "2026-01-01T00:00:00Z", source_file: "random.wdl" },
      },
      inputs: Object.fromEntries(inputs.map((value, index) => [`i${index}`, value as never])),
      scripts: new Map(nodes.map(({ spec }, index) => [id(index), spec.script as Script])),
    };
  });
