import * as v from "valibot";
import type { WorkerEvent } from "../ami/mod.ts";

const HOP_OPS = [
  "arrive",
  "tick",
  "queue",
  "start",
  "done",
  "emit",
  "block",
  "resume",
  "hold",
  "release",
  "output",
  "silence",
  "error",
  "drop",
  "shunt",
  "end",
] as const;

/** hop.v1 (pipelines §13): one thing that happened to an event at a node, for people. Keys stand in this order. */
export const HopSchema = v.strictObject({
  schema: v.literal("hop.v1"),
  /** Milliseconds since the start of the run. */
  at: v.pipe(v.number(), v.integer(), v.minValue(0)),
  node: v.string(),
  op: v.picklist(HOP_OPS),
  /** Its id; absent where a node ends. */
  event: v.exactOptional(v.string()),
  /** `ingress->S` */
  edge: v.exactOptional(v.string()),
  /** Of `drop` and `shunt`: as in the statistics; of `error`: the code. */
  reason: v.exactOptional(v.string()),
});
export type Hop = v.InferOutput<typeof HopSchema>;
export type HopOp = Hop["op"];

/** Something with a name that is made when it is asked for. */
interface Named {
  readonly id: string;
}

/** Where a run tells its hops. It is called for everything that happens, so it should do little. */
export interface HopSink {
  hop(
    at: number,
    node: string,
    op: HopOp,
    event: WorkerEvent | undefined,
    edge: Named | undefined,
    reason: string | undefined,
  ): void;
}

/** The record of a hop. */
export function hopRecord(...[at, node, op, event, edge, reason]: Parameters<HopSink["hop"]>): Hop {
  return {
    schema: "hop.v1",
    at,
    node,
    op,
    ...(event === undefined ? {} : { event: event.id }),
    ...(edge === undefined ? {} : { edge: edge.id }),
    ...(reason === undefined ? {} : { reason }),
  };
}

/** How many hops a failing case prints (ami-tests §5). */
export const LAST_HOPS = 40;

/** Keeps the last hops of a run. Their texts are made when they are asked for. */
export class LastHops implements HopSink {
  readonly #hops: Parameters<HopSink["hop"]>[] = [];
  #next = 0;

  hop(...hop: Parameters<HopSink["hop"]>): void {
    this.#hops[this.#next] = hop;
    this.#next = (this.#next + 1) % LAST_HOPS;
  }

  /** At most {@link LAST_HOPS}, in the order in which they happened. */
  records(): Hop[] {
    const inOrder = [...this.#hops.slice(this.#next), ...this.#hops.slice(0, this.#next)];
    return inOrder.map((hop) => hopRecord(...hop));
  }
}
