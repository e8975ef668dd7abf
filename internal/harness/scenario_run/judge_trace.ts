import { differenceText } from "./difference_text.ts";
import { closest, fits, type Wanted, wantedText } from "./match_executed.ts";
import type { Executed, RunTrace } from "./run_trace.ts";

/** Why an assertion does not hold: what it expected, and what is there instead, in the words of scenarios.md §8. */
export interface Miss {
  readonly expected: string;
  readonly actual: string;
}

/** `trace_contains`: some invocation fits. */
export function judgeContains(wanted: Wanted, trace: RunTrace): Miss | undefined {
  const candidates = trace.of(wanted.action);
  if (candidates.some((executed) => fits(wanted, executed))) return undefined;
  return {
    expected: wantedText(wanted),
    actual: noMatch(wanted, candidates, ({ invocation }) => invocation.seq, "ran"),
  };
}

/** `completion`: some completion of the action fits. */
export function judgeCompletion(wanted: Wanted, trace: RunTrace): Miss | undefined {
  const candidates = trace.of(wanted.action).filter(({ completion }) => completion !== undefined);
  if (candidates.some((executed) => fits(wanted, executed))) return undefined;
  const numberOf = ({ invocation, completion }: Executed): number => completion?.seq ?? invocation.seq;
  const verb = trace.of(wanted.action).length === 0 ? "ran" : "completed";
  return { expected: wantedText(wanted), actual: noMatch(wanted, candidates, numberOf, verb) };
}

function noMatch(
  wanted: Wanted,
  candidates: readonly Executed[],
  numberOf: (executed: Executed) => number,
  verb: string,
): string {
  const best = closest(wanted, candidates);
  if (best === undefined) return `${wanted.action} never ${verb}`;
  return `no match; closest is [${numberOf(best.executed)}]: ${differenceText(best.differences)}`;
}

/** `trace_count`: exactly so many invocations fit. */
export function judgeCount(wanted: Wanted, count: number, trace: RunTrace): Miss | undefined {
  const fitting = trace.of(wanted.action).filter((executed) => fits(wanted, executed));
  if (fitting.length === count) return undefined;
  return { expected: `${count} of ${wantedText(wanted)}`, actual: countText(fitting) };
}

/** `trace_never`: no invocation fits. */
export function judgeNever(wanted: Wanted, trace: RunTrace): Miss | undefined {
  const fitting = trace.of(wanted.action).filter((executed) => fits(wanted, executed));
  return fitting.length === 0 ? undefined : { expected: `no ${wantedText(wanted)}`, actual: countText(fitting) };
}

/** Nobody reads more places than these. */
const MOST_PLACES = 40;

function countText(fitting: readonly Executed[]): string {
  if (fitting.length === 0) return "none";
  const places = fitting.slice(0, MOST_PLACES).map(({ invocation }) => `[${invocation.seq}]`);
  return `${fitting.length} at ${places.join(", ")}${fitting.length > MOST_PLACES ? ", …" : ""}`;
}

/** `trace_order`: invocations of these actions occur in this order, with gaps. */
export function judgeOrder(actions: readonly string[], trace: RunTrace): Miss | undefined {
  const met: string[] = [];
  let after = 0;
  for (const action of actions) {
    const next = trace.of(action).find(({ invocation }) => invocation.seq > after)?.invocation.seq;
    if (next === undefined) {
      met.push(after === 0 ? `no ${action}` : `no ${action} after [${after}]`);
      return { expected: actions.join(" then "), actual: met.join(", ") };
    }
    met.push(`${action} at [${next}]`);
    after = next;
  }
  return undefined;
}
