import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { type DiscardReason, Merge, type MergeOptions } from "./merge.ts";

// Test-only: a script of arrivals, run through a merge as the executor would (pipelines §7): at each instant the arrivals
// in order, then deadlines, then the ends of inputs that nothing more will come by; then on to what is due next.

export interface Arrival {
  readonly at: number;
  readonly in: number;
  readonly payload: Json;
}

export interface Played {
  readonly out: { at: number; payload: Json }[];
  readonly discarded: { at: number; reason: DiscardReason; shunted: boolean; payload: Json }[];
  readonly late: number;
  readonly forced: number;
  readonly overflowed: boolean;
  readonly held: number;
}

export function play(plan: MergePlan, inputs: number, script: readonly Arrival[], options: MergeOptions = {}): Played {
  const out: Played["out"] = [];
  const discarded: Played["discarded"] = [];
  let now = 0;
  const merge = new Merge<{ payload: Json }>(
    plan,
    inputs,
    (item, reason, shunted) => discarded.push({ at: now, reason, shunted, payload: item.payload }),
    options,
  );
  const released: { payload: Json }[] = [];
  const coming = [...script].sort((a, b) => a.at - b.at);
  const open = new Set(Array.from({ length: inputs }, (_, input) => input));
  for (;;) {
    const next = coming[0];
    const exhausted = [...open].find((input) => coming.every((arrival) => arrival.in !== input));
    if (next !== undefined && next.at <= now) {
      coming.shift();
      merge.arrive(next.in, { payload: next.payload }, now, released);
    } else if (merge.deadline() <= now) {
      merge.wake(now, released);
    } else if (exhausted !== undefined) {
      open.delete(exhausted);
      merge.end(exhausted, released);
    } else {
      const due = Math.min(next?.at ?? Number.POSITIVE_INFINITY, merge.deadline());
      if (due === Number.POSITIVE_INFINITY) break;
      now = due;
    }
    for (const { payload } of released.splice(0)) out.push({ at: now, payload });
  }
  const { late, forced, overflowed, held } = merge;
  return { out, discarded, late, forced, overflowed, held };
}

/** A payload with an event time. */
export function ts(time: Json): Json {
  return { ts: time };
}

/** The plan of most cases: by event time, and so out as soon as it is passed. */
export const BY_TIME: MergePlan = {
  sort: [{ field: "ts", order: "asc" }],
  watermark: { field: "ts", latenessMs: 0 },
};

export const LATE_BY_3: MergePlan = { ...BY_TIME, watermark: { field: "ts", latenessMs: 3 } };

/** An arrival, shorter. */
export type Row = readonly [at: number, input: number, payload: Json];

/** What a script releases, `time:event`, events by the order in which they stand in the script: a, b, c, … */
export function playRows(
  plan: MergePlan,
  inputs: number,
  rows: readonly Row[],
): { out: string; gone: string; late: number; forced: number } {
  const names = new Map<Json, string>();
  const script = rows.map(([at, input, payload], index) => {
    const name = String.fromCharCode(97 + index);
    names.set(payload, name);
    return { at, in: input, payload };
  });
  const { out, discarded, late, forced } = play(plan, inputs, script);
  return {
    out: out.map(({ at, payload }) => `${at}:${names.get(payload)}`).join(" "),
    gone: discarded.map(({ at, reason, payload }) => `${at}:${names.get(payload)} ${reason}`).join(", "),
    late,
    forced,
  };
}
