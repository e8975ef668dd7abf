import { type Performer, type StepCall, type StepProvider, stepFailure } from "../engine/mod.ts";
import type { ValueObject } from "../flow/mod.ts";
import { canonical, nearestDoubles, setKey, type Value } from "../value/mod.ts";

/** What `plumb executor mock` lists (flows §18). `dsl.emit` is a control kind; it is told for hosts that ask for it. */
export const MOCK_KINDS: readonly string[] = ["opcua.read", "opcua.write", "policy.apply", "dsl.emit"];

/** What an executor offers the conformance suite under `PLUMB_CHECK=1` (flows §16). */
export const CHECK_KINDS: readonly string[] = ["check.echo", "check.fail", "check.sleep"];

const OPCUA = new Map<string, Performer>([
  ["opcua.read", read],
  ["opcua.write", write],
]);

const CHECKS = new Map<string, Performer>([
  ["check.echo", ({ args }) => ({ ok: true, result: args })],
  ["check.fail", fail],
  ["check.sleep", sleep],
]);

/** Performs the kinds of the mock that no engine has built in. */
export function mockSteps(offersChecks: boolean): StepProvider {
  const kinds = offersChecks ? new Map([...OPCUA, ...CHECKS]) : OPCUA;
  return { open: () => (node) => kinds.get(node.type) };
}

function read({ args }: StepCall): ReturnType<Performer> {
  const { endpoint = null, node_ids } = args;
  if (!Array.isArray(node_ids))
    return stepFailure("opcua.read: node_ids must be a list", { argument: "node_ids" }, false);
  const values: ValueObject = {};
  for (const id of node_ids) setKey(values, typeof id === "string" ? id : canonical(nearestDoubles(id)), 80);
  return { ok: true, result: { endpoint, values } };
}

function write({ args }: StepCall): ReturnType<Performer> {
  const { endpoint = null, node_id = null, value = null } = args;
  return { ok: true, result: { endpoint, node_id, value, status: "ok" } };
}

/** Its first `times` attempts fail. */
function fail({ args, attempt }: StepCall): ReturnType<Performer> {
  if (attempt > numberOr(args.times, 1)) return { ok: true, result: { attempts: attempt } };
  return stepFailure(`failed as asked, attempt ${attempt}`, {}, args.retriable !== false);
}

function sleep({ args }: StepCall): ReturnType<Performer> {
  const ms = numberOr(args.ms, 0);
  return { afterMs: ms, answer: { ok: true, result: { slept_ms: ms } } };
}

function numberOr(value: Value | undefined, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
