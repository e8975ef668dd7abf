import { Arrivals } from "./arrivals.ts";
import type { Ends } from "./ends.ts";
import type { Node } from "./node.ts";
import type { Prepared } from "./prepare_run.ts";
import type { ExternalEvent } from "./run_input.ts";
import { SimEvent } from "./sim_event.ts";
import type { Simulation } from "./simulation.ts";
import type { Timers } from "./timers.ts";

/** Events that an ingress of a live run holds before reading pauses (pipelines §8). */
const INBOX_LIMIT = 1024;

/** What comes into a run from outside: arrivals and ticks, and when nothing more will. */
export class Sources {
  /** Events that have entered an ingress or io.Read. */
  entered = 0;
  readonly #nodes: readonly Node[];
  readonly #ingresses: readonly Node[];
  readonly #sim: Simulation;
  readonly #ends: Ends;
  readonly #timers: Timers;
  readonly #arrivals: Arrivals;
  /** Whether events may still be pushed. */
  #open: boolean;
  /** External events that have been given, and steps from which more may come. */
  #given: number;
  #left: number;

  /** `nodes` are those of the run, by their numbers. */
  constructor(
    nodes: readonly Node[],
    sim: Simulation,
    ends: Ends,
    timers: Timers,
    { known, sources }: Pick<Prepared, "known" | "sources">,
    open: boolean,
  ) {
    this.#nodes = nodes;
    this.#ingresses = nodes.filter((node) => node.kind === "ingress");
    this.#sim = sim;
    this.#ends = ends;
    this.#timers = timers;
    this.#arrivals = new Arrivals(known, sources);
    this.#open = open;
    this.#given = known.length;
    for (const source of sources) this.#expect(source, 1);
    this.#left = nodes.filter((node) => node.isExternal).length;
    for (const node of nodes) this.#settle(node);
  }

  /** Whether more may come that is not known yet. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether every ingress has room for another event of a live run. */
  get wantsInput(): boolean {
    return this.#open && this.#ingresses.every((node) => node.expected + node.inbox.size < INBOX_LIMIT);
  }

  /** When the next arrival or tick is due; infinity if none is. */
  get nextTime(): number {
    return Math.min(this.#arrivals.nextTime, this.#timers.nextTime);
  }

  /** Runs the first entry that is due now: arrivals come before ticks. */
  runNext(): void {
    if (this.#arrivals.nextTime <= this.#sim.now) this.#arrivals.take(this.#arrive);
    else this.#tick();
  }

  /** An event comes to a node while the run goes on; its time is not before now, nor before that of an earlier push. */
  push(source: number, at: number, event: ExternalEvent): void {
    if (!this.#open) return;
    this.#given += 1;
    this.#expect(source, 1);
    this.#arrivals.push(source, at, event);
  }

  /** Nothing is pushed any more. */
  close(): void {
    this.#open = false;
    for (const node of this.#ingresses) this.#settle(node);
  }

  /** Nothing more comes from any source, but for what has come already. */
  drain(): void {
    this.#arrivals.cancelAfter(this.#sim.now, (source) => this.#expect(source, -1));
    this.#timers.stop();
    for (const node of this.#timers.nodes) this.#ends.exhaust(node);
    this.#open = false;
    for (const node of this.#nodes) this.#settle(node);
  }

  #expect(source: number, more: number): void {
    const node = this.#nodes[source];
    if (node !== undefined) node.expected += more;
  }

  /** ARRIVE(x, e). A field, so that no arrival makes a closure. */
  readonly #arrive = (source: number, input: ExternalEvent): void => {
    const node = this.#nodes[source];
    if (node === undefined) return;
    node.expected -= 1;
    const plain = input.id === undefined && input.attempt === undefined && input.trace === undefined;
    const { now } = this.#sim;
    const event = new SimEvent(node.source, node.source.next++, input.payload, now, plain ? undefined : input);
    if (input.errorCode === undefined) {
      this.entered += 1;
      input.onEntry?.();
      this.#sim.enter(node, event, "arrive");
    } else {
      this.#sim.raise({ code: input.errorCode, message: `simulated error ${input.errorCode}`, node, event });
    }
    if (node.expected === 0) this.#settle(node);
  };

  /** TICK(x). An endless Timer stops when no event can come any more, unless none ever came (pipelines §10). */
  #tick(): void {
    const { now } = this.#sim;
    const tick = this.#timers.take(now, this.#left === 0 && this.#given > 0);
    if (tick === undefined) return;
    const { node, payload, last } = tick;
    if (payload !== undefined) {
      this.#sim.enter(node, new SimEvent(node.source, node.source.next++, payload, now, undefined), "tick");
    }
    if (last) this.#ends.exhaust(node);
  }

  /** Exhausts an ingress or io.Read from which nothing more will come. */
  #settle(node: Node): void {
    if (!node.isExternal || node.exhausted || node.expected > 0) return;
    if (node.kind === "ingress" && this.#open) return;
    this.#left -= 1;
    this.#ends.exhaust(node);
  }
}
