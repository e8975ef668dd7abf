import { SILENCE, WorkerFault } from "../ami/mod.ts";
import type { ErrorRecord } from "../diag/mod.ts";
import { canonical } from "../value/mod.ts";
import { callWorkers } from "./call_workers.ts";
import type { Ends } from "./ends.ts";
import type { HopOp, HopSink } from "./hop.ts";
import { LaterQueue } from "./later_queue.ts";
import type { Network } from "./network.ts";
import { type Edge, type LossReason, type Node, ROLE, type Server } from "./node.ts";
import { NumberRing } from "./number_ring.ts";
import { isPayload, type Raised, shuntRecord } from "./run_record.ts";
import { SimEvent } from "./sim_event.ts";

/** What the simulation tells its run. */
export interface SimulationHost {
  readonly hops: HopSink | undefined;
  /** An event left an egress at `at`. */
  output(event: SimEvent, at: number): void;
  errorOutput(event: SimEvent, at: number): void;
  /** Makes and keeps a record. `enters`: whether it enters the error pipeline. */
  record(raised: Raised, at: number, enters: boolean): ErrorRecord;
}

/**
 * What happens inside an instant (pipelines §7, the pseudo-code from `poke` to `process`). Completions and resumptions, which
 * have priority 0, wait here: those of this instant in a queue of their own, since nothing can come between them and
 * everything that was inserted for this instant before it began.
 */
export class Simulation {
  /** Milliseconds since the start of the run. */
  now = 0;
  /** The run cannot go on; the record of why has been made. */
  failed = false;
  readonly #network: Network;
  readonly #servers: readonly Server[];
  readonly #ends: Ends;
  readonly #host: SimulationHost;
  readonly #hops: HopSink | undefined;
  /** Codes of what is due now: the number of a server (DONE), or −1 − the number of an edge (RESUME). */
  readonly #due = new NumberRing();
  /** Numbers of servers whose service ends later. */
  readonly #later = new LaterQueue();
  /** The event that was discarded last; known only where hops are told. */
  #lost: SimEvent | undefined;

  constructor(network: Network, ends: Ends, host: SimulationHost) {
    this.#network = network;
    this.#ends = ends;
    this.#servers = network.servers;
    this.#host = host;
    this.#hops = host.hops;
  }

  /** When the next entry is due; infinity if there is none. */
  get nextTime(): number {
    return this.#due.size > 0 ? this.now : this.#later.nextTime;
  }

  /** Runs entries that are due now, at most `budget`, and says how many. */
  runDue(budget: number): number {
    const due = this.#due;
    let left = budget;
    for (; left > 0 && this.#later.nextTime <= this.now && !this.failed; left -= 1) this.#done(this.#later.take());
    for (; left > 0 && due.size > 0 && !this.failed; left -= 1) {
      const code = due.shift();
      if (code >= 0) this.#done(code);
      else this.#resume(-1 - code);
    }
    return budget - left;
  }

  /** An event comes to a source. */
  enter(node: Node, event: SimEvent, op: "arrive" | "tick"): void {
    node.enqueued += 1;
    this.#hop(op, node, event);
    if (node.backlog === 0 && node.server.free) {
      this.#start(node, node.server, event, -1);
      return;
    }
    node.inbox.push(event);
    node.backlog += 1;
  }

  /** The deadline of a Collect has come. */
  wake(node: Node): void {
    const { server } = node;
    const before = server.outbox.length;
    node.merge?.wake(this.now, server.outbox);
    this.#released(node, server, before);
  }

  /** Input `input` of a Collect has ended. */
  endInput(node: Node, input: number): void {
    const { server } = node;
    const before = server.outbox.length;
    node.merge?.end(input, server.outbox);
    this.#released(node, server, before);
  }

  /** An edge or a merge let an event go. */
  discard(node: Node, event: SimEvent, reason: LossReason, shunted: boolean, edge?: Edge): void {
    node.lost(reason, shunted);
    if (this.#hops !== undefined) {
      this.#lost = event;
      this.#hops.hop(this.now, node.label, shunted ? "shunt" : "drop", event, edge, reason);
    }
    if (shunted) this.raise({ ...shuntRecord(reason), edge, node, event });
  }

  /**
   * Makes a record. One with an event enters the error pipeline, unless it happened there (pipelines §11) or is the last of
   * a run that cannot go on. `at` is when it happened, if that is not now.
   */
  raise(raised: Raised, at = this.now): void {
    const source = this.#network.errorSource;
    const mayEnter = source?.ended === false && !this.failed;
    const enters = mayEnter && raised.event !== undefined && raised.node?.inError !== true;
    const record = this.#host.record(raised, at, enters);
    if (!enters || source === undefined || !isPayload(record)) return;
    this.enter(source, new SimEvent(source.source, source.source.next++, record, this.now, undefined), "arrive");
  }

  /** poke(x) */
  #poke(node: Node): void {
    while (node.backlog > 0) {
      const server = this.#freeServer(node);
      if (server === undefined) return;
      this.#take(node, server);
    }
  }

  /** The first server of a node that can take an event. */
  #freeServer(node: Node): Server | undefined {
    if (node.maxServers === 1) return node.server.free ? node.server : undefined;
    if (node.idle === 0) return undefined;
    const { servers } = node;
    for (let at = 0; at < servers.length; at += 1) {
      const server = servers[at];
      if (server?.free) return server;
    }
    return servers.length < node.maxServers ? this.#network.addServer(node) : undefined;
  }

  /** take(x), for a server that is free and a node that has a backlog. */
  #take(node: Node, server: Server): void {
    node.backlog -= 1;
    const entered = node.inbox.size > 0 ? node.inbox.shift() : undefined;
    if (entered !== undefined) {
      this.#start(node, server, entered, -1);
      return;
    }
    const edge = node.intake.next();
    const event = edge?.lifo ? edge.queue.pop() : edge?.queue.shift();
    if (edge === undefined || event === undefined) return;
    if (edge.waiters.length > 0) this.#due.push(-1 - edge.index);
    this.#start(node, server, event, edge.inIndex);
  }

  #start(node: Node, server: Server, event: SimEvent, input: number): void {
    this.#hop("start", node, event);
    server.busy = event;
    server.input = input;
    if (node.maxServers > 1) node.idle -= 1;
    if (node.delayMs === 0) this.#due.push(server.index);
    else this.#later.insert(this.now + node.delayMs, server.index);
  }

  /** DONE(x, v), with process(x, item). */
  #done(index: number): void {
    const server = this.#servers[index];
    const event = server?.busy;
    if (server === undefined || event === undefined) return;
    const node = server.node;
    server.busy = undefined;
    this.#hop("done", node, event);
    switch (node.role) {
      case ROLE.pass:
        this.#leave(node, server, event);
        return;
      case ROLE.work:
        this.#work(node, server, event);
        return;
      case ROLE.collect:
        this.#merge(node, server, event);
        return;
      case ROLE.egress:
        node.emitted += 1;
        this.#hop("output", node, event);
        if (node.inError) this.#host.errorOutput(event, this.now);
        else this.#host.output(event, this.now);
        this.#freed(node);
        return;
      case ROLE.write:
        this.#write(node, server, event);
        return;
      case ROLE.timer:
        if (server.input < 0) {
          this.#leave(node, server, event);
          return;
        }
        this.discard(node, event, "timer_input", false);
        this.#freed(node);
    }
  }

  /** A server is free again. */
  #freed(node: Node): void {
    if (node.maxServers > 1) node.idle += 1;
    if (node.backlog > 0) this.#poke(node);
    else if (node.ending) this.#ends.look(node);
  }

  /** offer(x, v) of a server whose outbox is empty but for this event, which mostly never needs to be put there. */
  #leave(node: Node, server: Server, event: SimEvent): void {
    const outs = node.outs;
    for (let at = 0; at < outs.length; at += 1) {
      const edge = outs[at];
      if (edge === undefined) break;
      if (edge.refuses) {
        server.outbox.push(event);
        server.nextOut = at;
        this.#wait(server, edge, event);
        return;
      }
      this.#push(edge, at + 1 < outs.length ? event.copy(event.payload) : event);
    }
    node.emitted += 1;
    this.#hop("emit", node, event);
    this.#freed(node);
  }

  /** offer(x, v) */
  #offer(node: Node, server: Server): void {
    const { outbox } = server;
    const outs = node.outs;
    for (let event = outbox[server.sent]; event !== undefined; event = outbox[server.sent]) {
      for (; server.nextOut < outs.length; server.nextOut += 1) {
        const edge = outs[server.nextOut];
        if (edge === undefined) break;
        if (edge.refuses) {
          this.#wait(server, edge, event);
          return;
        }
        this.#push(edge, server.nextOut + 1 < outs.length ? event.copy(event.payload) : event);
      }
      server.nextOut = 0;
      server.sent += 1;
      node.emitted += 1;
      this.#hop("emit", node, event);
    }
    outbox.length = 0;
    server.sent = 0;
    this.#freed(node);
  }

  #wait(server: Server, edge: Edge, event: SimEvent): void {
    if (server.waiting) return;
    server.waiting = true;
    edge.waiters.push(server);
    this.#hops?.hop(this.now, server.node.label, "block", event, edge, undefined);
  }

  /** RESUME(edge) */
  #resume(index: number): void {
    const edge = this.#network.edges[index];
    if (edge === undefined || edge.queue.size >= edge.capacity) return;
    const server = edge.waiters.shift();
    const event = server?.outbox[server.sent];
    if (server === undefined || event === undefined) return;
    server.waiting = false;
    this.#hops?.hop(this.now, server.node.label, "resume", event, edge, undefined);
    server.nextOut = edge.outIndex + 1;
    this.#push(edge, server.nextOut < edge.from.outs.length ? event.copy(event.payload) : event);
    this.#offer(server.node, server);
  }

  /** push(edge, e). Where it is not full or does not block. */
  #push(edge: Edge, event: SimEvent): void {
    const node = edge.to;
    node.enqueued += 1;
    if (edge.queue.size >= edge.capacity && !this.#makeSpace(edge, event)) return;
    this.#hops?.hop(this.now, node.label, "queue", event, edge, undefined);
    if (node.backlog === 0 && this.#serveAtOnce(node, edge, event)) return;
    edge.queue.push(event);
    node.intake.added(edge);
    node.backlog += 1;
  }

  /** A server that is free takes an event that would be alone in the queues: no need to put it there. */
  #serveAtOnce(node: Node, edge: Edge, event: SimEvent): boolean {
    const server = this.#freeServer(node);
    if (server === undefined) return false;
    node.intake.passed(edge);
    if (edge.waiters.length > 0) this.#due.push(-1 - edge.index);
    this.#start(node, server, event, edge.inIndex);
    return true;
  }

  /** The queue is full. False if the newcomer is the one that goes. */
  #makeSpace(edge: Edge, event: SimEvent): boolean {
    switch (edge.policy) {
      case "block":
        return true;
      case "dropNewest":
      case "shuntNewest":
        this.discard(edge.to, event, edge.policy, edge.policy === "shuntNewest", edge);
        return false;
      case "dropOldest":
      case "shuntOldest": {
        const oldest = edge.queue.shift();
        edge.to.intake.dropped(edge);
        edge.to.backlog -= 1;
        if (oldest !== undefined) this.discard(edge.to, oldest, edge.policy, edge.policy === "shuntOldest", edge);
        return true;
      }
    }
  }

  #work(node: Node, server: Server, event: SimEvent): void {
    const result = callWorkers(node, event);
    if (result === SILENCE) {
      node.silenced += 1;
      this.#hop("silence", node, event);
      this.#freed(node);
    } else if (result instanceof WorkerFault) {
      this.#fault(node, event, result);
      this.#freed(node);
    } else {
      event.payload = result;
      this.#leave(node, server, event);
    }
  }

  #fault(node: Node, event: SimEvent, { code, message }: WorkerFault): void {
    node.errored += 1;
    this.#hops?.hop(this.now, node.label, "error", event, undefined, code);
    this.failed ||= code === "E_WORKER_HANG";
    this.raise({ code, message, node, event });
  }

  #write(node: Node, server: Server, event: SimEvent): void {
    const fault = node.files?.append(node.path, canonical(event.payload));
    if (fault === undefined) {
      this.#leave(node, server, event);
      return;
    }
    this.#fault(node, event, fault);
    this.#freed(node);
  }

  #merge(node: Node, server: Server, event: SimEvent): void {
    const { merge } = node;
    if (merge === undefined) return;
    if (node.ending) this.#ends.served(node, server.input);
    const { outbox } = server;
    const before = outbox.length;
    this.#lost = undefined;
    merge.arrive(server.input, event, this.now, outbox);
    if (this.#hops !== undefined && this.#lost !== event && !outbox.includes(event, before)) {
      this.#hop("hold", node, event);
    }
    if (merge.overflowed) this.#overflow(node);
    this.#released(node, server, before);
  }

  #overflow(node: Node): void {
    const message = "the Collect holds more than it may, and --strict allows no forced release";
    this.failed = true;
    this.raise({ code: "E_MERGE_OVERFLOW", message, node });
  }

  /** What a Collect released is in its outbox from `before` on: offer it. */
  #released(node: Node, server: Server, before: number): void {
    const { outbox } = server;
    if (this.#hops !== undefined) {
      for (let at = before; at < outbox.length; at += 1) this.#hop("release", node, outbox[at]);
    }
    if (outbox.length > 0) this.#offer(node, server);
    else this.#freed(node);
  }

  #hop(op: HopOp, node: Node, event: SimEvent | undefined): void {
    this.#hops?.hop(this.now, node.label, op, event, undefined, undefined);
  }
}
