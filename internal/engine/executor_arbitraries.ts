import fc from "fast-check";
import type { FlowIr, FlowNode, JsonObject } from "../flow/mod.ts";
import type { Json } from "../value/mod.ts";
import { type FlowCase, flowCases } from "./flow_arbitraries.ts";

/** No test waits for such a step: a time limit ends it. */
const FOR_EVER = 600_000;
/** Of a flow, in milliseconds: what is to happen before it happens long before it. */
export const FLOW_LIMIT = 300;

/** A flow of steps that every executor knows (flows §16): check.echo, check.fail, check.sleep. */
export interface ExecutorCase {
  readonly ir: FlowIr;
  readonly inputs: FlowCase["inputs"];
}

/** The random flows that engine local is held to, as flows that an executor can run in little time. */
export const executorCases: fc.Arbitrary<ExecutorCase> = flowCases.map(({ ir, inputs, scripts }) => {
  const limit = ir.flow.timeout_ms === 0 ? 0 : FLOW_LIMIT;
  const step = (node: FlowNode): FlowNode => {
    if (node.type !== "op.x") return node;
    const script = scripts.get(node.id) ?? [];
    const [first] = script;
    const isLate = first !== undefined && first.delay > 0 && (limit > 0 || first.delay > node.timeout_ms);
    // Only what a time limit ends may take long.
    if (isLate && (limit > 0 || node.timeout_ms > 0)) return { ...node, type: "check.sleep", with: { ms: FOR_EVER } };
    const failing = script.findIndex(({ error }) => error === undefined);
    if (first?.error !== undefined) {
      const times = failing < 0 ? 99 : failing;
      const { max, backoff_ms } = node.retry;
      // In some flows with a limit it is the pause between two attempts that it ends.
      const retry = limit > 0 && backoff_ms > 0 ? { max, backoff_ms: FOR_EVER } : node.retry;
      return { ...node, retry, type: "check.fail", with: { times: String(times), retriable: first.error.retriable } };
    }
    if (first?.delay === 5) return { ...node, type: "check.sleep", with: { ms: 1 } };
    return { ...node, type: "check.echo", with: { ...first?.result, ...SEEN } as JsonObject };
  };
  return {
    ir: { ...ir, flow: { ...ir.flow, timeout_ms: limit }, graph: { ...ir.graph, nodes: ir.graph.nodes.map(step) } },
    inputs,
  };
});

/** What steps see of the run; messages of errors are every engine's own. */
const SEEN = {
  first: "$step.n0.k",
  error: "$step.n1.error.code",
  attempt: "${step.n1.error.data.attempt} of $${input.i0}",
  text: " ${input.i0}, ${input.i1} and ${step.n2.k}, ${step.n2.error.data} ",
  list: ["80", "[1, 'a ${input.i2}', (1,)]", { deep: "$input.i1" }],
};

const PIECES = [
  ..."0123456789_.eExXoObBaAfF+-()[]{},:'\"\\ \t\n$#uUx",
  "True",
  "False",
  "None",
  "null",
  "1_000",
  "0x1F",
  "0b1",
  "1e308",
  "9007199254740993",
  ".5",
  "${input.s}",
  "$input.s",
  "$step.r.k",
  "${step.r",
  "${input.m}",
  "$${",
  "}",
  "\\x41",
  "\\ud800",
  "\\U0001F701",
  "'a'",
  '"b"',
  "{'k': 1}",
  "(1)",
  "[1]",
  "é",
  "🜁",
];

/** Texts that are templates, literals, nearly one of these, or neither. */
export const templateTexts: fc.Arbitrary<Json> = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 7 })
  .map((pieces) => pieces.join(""));
