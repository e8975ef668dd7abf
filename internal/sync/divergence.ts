import type { LoggedFlow, LogReader } from "../store/mod.ts";
import {
  comparable,
  eventJson,
  type FirstDifference,
  type FlowStatus,
  type FlowTrace,
  firstDifference,
  type TraceEvent,
} from "../trace/mod.ts";

/** Where a replay differs first from its log. */
export interface Divergence {
  readonly flowToken: string;
  /** Of the flow's events, from 1; one more than it has where all are equal and only its status differs. */
  readonly index: number;
  /** undefined: there is none. */
  readonly expected: TraceEvent | undefined;
  readonly actual: TraceEvent | undefined;
  /** How the flow ended, where only that differs: `open`, or the code of its failure. */
  readonly status: { readonly expected: string; readonly actual: string } | undefined;
  /** One of the two reached its quota and the other did not: they had different ones. */
  readonly isOfQuota: boolean;
  /** In the lines of the flow's events, and of its status. */
  readonly difference: FirstDifference;
}

export interface Compared {
  readonly original: LogReader;
  readonly replayed: LogReader;
  readonly maxSteps: number;
}

/** The first of all flows' differences, by `seq`, and how many events were looked at. */
export function firstDivergence(
  flows: readonly LoggedFlow[],
  { original, replayed, maxSteps }: Compared,
): { readonly events: number; readonly divergence: Divergence | undefined } {
  let events = 0;
  let first: { readonly seq: number; readonly divergence: Divergence } | undefined;
  for (const flow of flows) {
    const expected = original.trace(flow);
    events += expected.events.length;
    const again = replayed.flow(flow.flow_token);
    const actual = again === undefined ? nothing(flow) : replayed.trace(again);
    const found = divergenceOf(expected, actual, maxSteps);
    if (found !== undefined && (first === undefined || found.seq < first.seq)) first = found;
  }
  return { events, divergence: first?.divergence };
}

function nothing({ flow_token }: LoggedFlow): FlowTrace {
  return { flow_token, status: "open", events: [], pending: 0 };
}

function divergenceOf(
  expected: FlowTrace,
  actual: FlowTrace,
  maxSteps: number,
): { readonly seq: number; readonly divergence: Divergence } | undefined {
  const { status, flow_token: flowToken } = expected;
  const wanted = expected.events.map((event) => line(event, status));
  const found = actual.events.map((event) => line(event, status));
  const index = wanted.findIndex((text, at) => text !== found[at]);
  const at = index < 0 ? wanted.length : index;
  const [hadQuota, hasQuota] = [expected, actual].map(({ error }) => error?.code === "E_QUOTA_EXCEEDED");
  const isOfQuota = hadQuota !== hasQuota;
  const [left, right] = [expected.events[at], actual.events[at]];
  if (left !== undefined || right !== undefined) {
    const difference = firstDifference(wanted.join(""), found.join(""));
    if (difference === undefined) return undefined;
    const seq = Math.min(left?.seq ?? Number.MAX_SAFE_INTEGER, right?.seq ?? Number.MAX_SAFE_INTEGER);
    return {
      seq,
      divergence: { flowToken, index: at + 1, expected: left, actual: right, status: undefined, isOfQuota, difference },
    };
  }
  const ends = { expected: ending(expected), actual: ending(actual) };
  if (status === "imported" || ends.expected === ends.actual || isQuotaOfRoot(expected, actual, maxSteps))
    return undefined;
  const difference = firstDifference(
    [...wanted, `${ends.expected}\n`].join(""),
    [...found, `${ends.actual}\n`].join(""),
  );
  if (difference === undefined) return undefined;
  const seq = Number.MAX_SAFE_INTEGER;
  return {
    seq,
    divergence: {
      flowToken,
      index: at + 1,
      expected: undefined,
      actual: undefined,
      status: ends,
      isOfQuota,
      difference,
    },
  };
}

function line(event: TraceEvent, status: FlowStatus): string {
  return `${eventJson(comparable(event, status))}\n`;
}

function ending({ status, error }: FlowTrace): string {
  return error?.code ?? status;
}

/** A root beyond the quota left no event to execute again: what is recorded stands if the flow is full (scenarios.md §11). */
function isQuotaOfRoot(expected: FlowTrace, actual: FlowTrace, maxSteps: number): boolean {
  if (expected.error?.code !== "E_QUOTA_EXCEEDED" || actual.status !== "open") return false;
  return actual.events.filter(({ type }) => type === "invocation").length >= maxSteps;
}
