import type { SimEvent } from "./sim_event.ts";

/** One of the servers of a node: it serves one event at a time and keeps it until it has left (pipelines §7). */
export class ServerOf<N> {
  /** Its number in the run: what the agenda calls it. */
  readonly index: number;
  readonly node: N;
  /** The event being served; undefined: not busy. */
  busy: SimEvent | undefined;
  /** The in-edge that it came from, by its place among them; -1: the inbox. */
  input = -1;
  /** Events that are served and have not left: those from `sent` on. Emptied when all have. */
  readonly outbox: SimEvent[] = [];
  sent = 0;
  /** The out-edge that the first of them goes on with. */
  nextOut = 0;
  /** Whether it stands among the waiters of that edge. */
  waiting = false;

  constructor(index: number, node: N) {
    this.index = index;
    this.node = node;
    this.busy = undefined;
  }

  /** Whether it can take an event. */
  get free(): boolean {
    return this.busy === undefined && this.outbox.length === 0;
  }

  /** How many events it holds. */
  get held(): number {
    return (this.busy === undefined ? 0 : 1) + this.outbox.length - this.sent;
  }
}
