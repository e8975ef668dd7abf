import type { GraphNode, WorkerFn } from "../ami/mod.ts";
import type { EdgeOf } from "./edge.ts";
import { type Intake, intakeFor } from "./intake.ts";
import type { IoFiles } from "./io_files.ts";
import type { DiscardReason, Merge } from "./merge.ts";
import type { NodeContext } from "./node_context.ts";
import { Ring } from "./ring.ts";
import { ServerOf } from "./server.ts";
import { EventSource, type SimEvent } from "./sim_event.ts";

/** What a node does with an event that it has served (pipelines §7, process). Numbers, because every event asks. */
export const ROLE = { pass: 0, work: 1, collect: 2, egress: 3, write: 4, timer: 5 } as const;
export type Role = (typeof ROLE)[keyof typeof ROLE];

/** The kinds of the language, and the source of an error pipeline. */
export type StageKind = GraphNode["kind"] | "error";

/** Why an event was dropped or shunted: by an edge, by a merge, or by a Timer that it entered (pipelines §13). */
export type LossReason = DiscardReason | "timer_input";

export type Edge = EdgeOf<Node>;
export type Server = ServerOf<Node>;

/** A node of a run: its queues, its servers and its counters. */
export class Node {
  /** What records, hops and statistics call it; `error/<step>` in an error pipeline. */
  readonly label: string;
  readonly kind: StageKind;
  readonly role: Role;
  readonly delayMs: number;
  /** Whether it belongs to the error pipeline; what goes wrong there is recorded and goes no further. */
  readonly inError: boolean;
  readonly ins: Edge[] = [];
  readonly outs: Edge[] = [];
  /** The only server of most nodes; those that have been needed so far, and how many there may be. */
  readonly server: Server;
  readonly servers: Server[];
  readonly maxServers: number;
  /** Of sources. */
  readonly inbox = new Ring<SimEvent>();
  /** Mints the ids of the events of a source. */
  readonly source: EventSource;
  /** Of role `work`: what is called, one after another (filter and transform of the options, the worker). */
  readonly workers: readonly WorkerFn[];
  readonly context: NodeContext;
  /** Of role `collect`. */
  merge: Merge<SimEvent> | undefined;
  /** Of io steps: where the file is. */
  readonly path: string;
  readonly files: IoFiles | undefined;
  intake: Intake<Edge>;

  /** Events in the inbox and the in-queues. */
  backlog = 0;
  /** Servers that are neither busy nor hold an event, made or not; kept for nodes with several, and 1 otherwise. */
  idle: number;

  enqueued = 0;
  emitted = 0;
  dropped = 0;
  shunted = 0;
  silenced = 0;
  errored = 0;
  readonly reasons = new Map<LossReason, number>();

  /** Of ingress and io.Read: events that are known of and have not come. */
  expected = 0;
  /** Of sources: nothing more will come. */
  exhausted = false;
  /** In-edges whose sender has not ended; of a Collect also: inputs that have not. */
  sendersLeft = 0;
  inputsLeft = 0;
  /** Whether it, or an input of it, could end next: `Ends` is told when a server of it becomes free. */
  ending = false;
  ended = false;
  /** Its place in topological order. */
  position = 0;

  constructor(fields: {
    readonly pipeline: string;
    readonly label: string;
    readonly kind: StageKind;
    readonly role: Role;
    readonly delayMs: number;
    readonly servers: number;
    /** The number of the first server. */
    readonly firstServer: number;
    readonly inError: boolean;
    readonly workers: readonly WorkerFn[];
    readonly context: NodeContext;
    readonly path: string;
    readonly files: IoFiles | undefined;
  }) {
    this.label = fields.label;
    this.kind = fields.kind;
    this.role = fields.role;
    this.delayMs = fields.delayMs;
    this.inError = fields.inError;
    this.server = new ServerOf<Node>(fields.firstServer, this);
    this.servers = [this.server];
    this.maxServers = fields.servers;
    this.idle = fields.servers;
    this.source = new EventSource(fields.pipeline, fields.label);
    this.workers = fields.workers;
    this.context = fields.context;
    this.path = fields.path;
    this.files = fields.files;
    this.merge = undefined;
    this.intake = intakeFor<Edge>("fifo", []);
  }

  /** Whether events come from it that no edge brought. */
  get isSource(): boolean {
    return this.kind === "ingress" || this.kind === "io.read" || this.kind === "timer" || this.kind === "error";
  }

  /** Whether it has sources of events outside the run. */
  get isExternal(): boolean {
    return this.kind === "ingress" || this.kind === "io.read";
  }

  /** Of a Collect: when it has to be woken, in milliseconds; infinity if never. */
  get deadline(): number {
    return this.merge?.deadline() ?? Number.POSITIVE_INFINITY;
  }

  /** Events that have entered and not left, counted one by one. */
  get held(): number {
    let count = this.inbox.size + (this.merge?.held ?? 0);
    for (const edge of this.ins) count += edge.queue.size;
    for (const server of this.servers) count += server.held;
    return count;
  }

  lost(reason: LossReason, shunted: boolean): void {
    if (shunted) this.shunted += 1;
    else this.dropped += 1;
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
  }
}
