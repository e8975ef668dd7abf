import type { EdgePolicy } from "../ami/mod.ts";
import { Ring } from "./ring.ts";
import type { ServerOf } from "./server.ts";
import type { SimEvent } from "./sim_event.ts";

/** What an edge has to know of a node. */
interface EdgeEnd {
  readonly label: string;
  readonly ins: { readonly length: number };
  readonly outs: { readonly length: number };
}

/** A bounded queue between two nodes (pipelines §7). An edge that leaves the source `error` has no bound. */
export class EdgeOf<N extends EdgeEnd> {
  /** Its number in the run. */
  readonly index: number;
  readonly from: N;
  readonly to: N;
  /** Its place among the out-edges of `from` and the in-edges of `to`. */
  readonly outIndex: number;
  readonly inIndex: number;
  readonly lifo: boolean;
  readonly capacity: number;
  readonly policy: EdgePolicy;
  /** Whether a sender waits when it is full. */
  readonly blocks: boolean;
  /** Its events, the earliest first. */
  readonly queue = new Ring<SimEvent>();
  /** Servers of `from` that wait to send, in the order in which they came. */
  readonly waiters: ServerOf<N>[] = [];
  /** Whether `from` has ended; into a Collect also: and the queue is empty, so that the input is as good as ended. */
  senderEnded = false;
  inputDone = false;

  constructor(fields: {
    readonly index: number;
    readonly from: N;
    readonly to: N;
    readonly lifo: boolean;
    readonly capacity: number;
    readonly policy: EdgePolicy;
  }) {
    this.index = fields.index;
    this.from = fields.from;
    this.to = fields.to;
    this.outIndex = fields.from.outs.length;
    this.inIndex = fields.to.ins.length;
    this.lifo = fields.lifo;
    this.capacity = fields.capacity;
    this.policy = fields.policy;
    this.blocks = fields.policy === "block";
  }

  /** What records and hops call it: `ingress->S`. */
  get id(): string {
    return `${this.from.label}->${this.to.label}`;
  }

  /** Whether a sender must wait. */
  get refuses(): boolean {
    return this.blocks && (this.queue.size >= this.capacity || this.waiters.length > 0);
  }
}
