import { type GraphNode, type PipelineGraph, topologicalOrder, type WorkerFn } from "../ami/mod.ts";
import { EdgeOf } from "./edge.ts";
import { intakeFor } from "./intake.ts";
import type { IoFiles } from "./io_files.ts";
import { type DiscardReason, Merge } from "./merge.ts";
import { type Edge, Node, ROLE, type Role, type Server, type StageKind } from "./node.ts";
import { type ContextWorld, NodeContext } from "./node_context.ts";
import { ServerOf } from "./server.ts";
import type { SimEvent } from "./sim_event.ts";

/** What nodes are made with, besides their graph. */
export interface NetworkParts {
  readonly world: ContextWorld;
  /** Called before the worker of every Transform and Mutable, in this order; not in the error pipeline. */
  readonly before: readonly WorkerFn[];
  readonly files: IoFiles | undefined;
  readonly strict: boolean;
  /** A Collect let an event go. */
  readonly onDiscard: (node: Node, event: SimEvent, reason: DiscardReason, shunted: boolean) => void;
}

/** The nodes and edges of a run: the pipeline's own, then the source `error` and the error pipeline's (pipelines §11). */
export class Network {
  /** In order of declaration. */
  readonly nodes: Node[] = [];
  readonly edges: Edge[] = [];
  /** Of all nodes, by their numbers. */
  readonly servers: Server[] = [];
  /** Collects that can have deadlines, in order of declaration. */
  readonly waking: Node[] = [];
  /** In topological order, error nodes last. */
  readonly order: readonly Node[];
  /** The source of the error pipeline, if there is one. */
  readonly errorSource: Node | undefined;

  constructor(graph: PipelineGraph, parts: NetworkParts) {
    const main = this.#addGraph(graph, graph.name, false, parts);
    this.errorSource = graph.error === undefined ? undefined : this.#addErrorGraph(graph.error, graph.name, parts);
    this.order = this.#connected(main);
    for (const [position, node] of this.order.entries()) {
      node.position = position;
      node.sendersLeft = node.ins.length;
      if (node.role === ROLE.collect) node.inputsLeft = node.ins.length;
    }
  }

  #addGraph(graph: PipelineGraph, pipeline: string, inError: boolean, parts: NetworkParts): Node[] {
    const nodes = graph.nodes.map((step) => this.#addStep(step, pipeline, inError, parts));
    for (const { from, to, queue, maxCapacity, policy } of graph.edges) {
      const sender = nodes[from];
      const target = nodes[to];
      if (sender === undefined || target === undefined) throw new Error(`edge ${from}->${to} names no node`);
      this.#connect(sender, target, { lifo: queue === "LIFO", capacity: maxCapacity, policy });
    }
    for (const [index, step] of graph.nodes.entries()) {
      const node = nodes[index];
      if (node === undefined) continue;
      node.intake = intakeFor(graph.schedule, node.ins);
      if (node.role !== ROLE.collect) continue;
      const onDiscard = (event: SimEvent, reason: DiscardReason, shunted: boolean) =>
        parts.onDiscard(node, event, reason, shunted);
      // The first steps of an error pipeline get their in-edge, from the source `error`, afterwards.
      const inputs = inError && node.ins.length === 0 ? 1 : node.ins.length;
      const plan = step.plan ?? {};
      node.merge = new Merge(plan, inputs, onDiscard, { strict: parts.strict });
      if (plan.timeoutMs !== undefined || (plan.watermark !== undefined && plan.idleMs !== undefined)) {
        this.waking.push(node);
      }
    }
    return nodes;
  }

  #addErrorGraph(graph: PipelineGraph, pipeline: string, parts: NetworkParts): Node {
    const source = this.#addNode("error", "error", pipeline, true, parts, {});
    const nodes = this.#addGraph(graph, pipeline, true, parts);
    for (const node of nodes) {
      if (node.ins.length > 0) continue;
      this.#connect(source, node, { lifo: false, capacity: Number.POSITIVE_INFINITY, policy: "block" });
      node.intake = intakeFor("fifo", node.ins);
    }
    return source;
  }

  #addStep(step: GraphNode, pipeline: string, inError: boolean, parts: NetworkParts): Node {
    const label = inError ? `error/${step.label}` : step.label;
    return this.#addNode(label, step.kind, pipeline, inError, parts, step);
  }

  #addNode(
    label: string,
    kind: StageKind,
    pipeline: string,
    inError: boolean,
    parts: NetworkParts,
    step: Partial<GraphNode>,
  ): Node {
    const takesWorker = kind === "transform" || kind === "mutable";
    const before = takesWorker && !inError ? parts.before : [];
    const workers = takesWorker && step.worker !== undefined ? [...before, step.worker.run] : before;
    const node = new Node({
      pipeline,
      label,
      kind,
      role: roleOf(kind, workers.length > 0),
      delayMs: step.delayMs ?? 0,
      servers: takesWorker ? (step.workers ?? 1) : 1,
      firstServer: this.servers.length,
      inError,
      workers,
      context: new NodeContext(parts.world, `${pipeline}/${label}`),
      path: step.path ?? "",
      files: parts.files,
    });
    this.nodes.push(node);
    this.servers.push(node.server);
    return node;
  }

  /** Makes another server of a node. Most of a thousand are never needed. */
  addServer(node: Node): Server {
    const server = new ServerOf<Node>(this.servers.length, node);
    this.servers.push(server);
    node.servers.push(server);
    return server;
  }

  #connect(from: Node, to: Node, queue: Pick<Edge, "lifo" | "capacity" | "policy">): void {
    const edge = new EdgeOf<Node>({ index: this.edges.length, from, to, ...queue });
    this.edges.push(edge);
    from.outs.push(edge);
    to.ins.push(edge);
  }

  #connected(main: readonly Node[]): Node[] {
    const number = new Map(this.nodes.map((node, index) => [node, index]));
    const edges = this.edges.map(({ from, to }) => ({ from: number.get(from) ?? 0, to: number.get(to) ?? 0 }));
    const order = topologicalOrder(this.nodes.length, edges).flatMap((index) => this.nodes[index] ?? []);
    if (order.length < this.nodes.length) throw new Error("a pipeline with a cycle cannot run");
    const own = new Set(main);
    return [...order.filter((node) => own.has(node)), ...order.filter((node) => !own.has(node))];
  }
}

function roleOf(kind: StageKind, works: boolean): Role {
  switch (kind) {
    case "ingress":
    case "error":
    case "fanout":
    case "io.read":
      return ROLE.pass;
    case "timer":
      return ROLE.timer;
    case "transform":
    case "mutable":
      return works ? ROLE.work : ROLE.pass;
    case "collect":
      return ROLE.collect;
    case "egress":
      return ROLE.egress;
    case "io.write":
      return ROLE.write;
  }
}
