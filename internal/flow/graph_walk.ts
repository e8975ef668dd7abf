import { Agenda } from "../world/mod.ts";
import type { FlowGraph } from "./flow_graph.ts";

/** What became of a node; `waiting` until it is settled. */
export type NodeStatus = "waiting" | "running" | "succeeded" | "failed" | "skipped";

/** How many nodes are settled in which way. */
export interface NodeCounts {
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * A walk through a graph as flows §10 has it: which node may run, given what became of the others. A node whose predecessors are
 * all settled runs if an edge into it was taken, else it is skipped. Several nodes may run at once; no recursion, so that a chain may
 * have ten thousand nodes.
 *
 * ```ts
 * const walk = new GraphWalk(graph);
 * for (let node = walk.next(); node !== undefined; node = walk.next()) walk.succeed(node);
 * ```
 */
export class GraphWalk {
  readonly #graph: FlowGraph;
  readonly #status: NodeStatus[];
  /** Edges into each node from nodes that are not settled. */
  readonly #open: Int32Array;
  readonly #taken: Uint8Array;
  /** What may run, the first in node order first. */
  readonly #ready = new Agenda<number>();
  readonly #skips: number[] = [];
  #succeeded = 0;
  #failed = 0;
  #skipped = 0;

  constructor(graph: FlowGraph) {
    this.#graph = graph;
    this.#status = graph.nodes.map(() => "waiting");
    this.#open = graph.incoming.slice();
    this.#taken = new Uint8Array(graph.nodes.length);
    if (graph.entry >= 0) this.#ready.insert(graph.entry, 0, graph.entry);
  }

  /** The next node that runs, which the caller settles; undefined: nothing may run as long as nothing more is settled. */
  next(): number | undefined {
    const node = this.#ready.take()?.item;
    if (node !== undefined) this.#status[node] = "running";
    return node;
  }

  status(node: number): NodeStatus {
    return this.#status[node] ?? "waiting";
  }

  get counts(): NodeCounts {
    return { succeeded: this.#succeeded, failed: this.#failed, skipped: this.#skipped };
  }

  /** All nodes are settled. */
  get isDone(): boolean {
    return this.#succeeded + this.#failed + this.#skipped === this.#status.length;
  }

  /**
   * A node succeeded. Of a switch, `chosen` is its case and `target` the node that `cases` has for it: taken are edges with that
   * case, and those without any to its target.
   */
  succeed(node: number, chosen?: string, target?: number): void {
    this.#status[node] = "succeeded";
    this.#succeeded += 1;
    for (const edge of this.#graph.leaving[node] ?? []) {
      const isChosen = chosen === undefined || (edge.case === undefined ? edge.to === target : edge.case === chosen);
      this.#arrive(edge.to, isChosen && !edge.onFailure);
    }
    this.#skip();
  }

  /**
   * A node failed. False: no failure edge is taken, so the run fails. None is where `runIsOver`: the failure is that of the whole
   * run, which nobody handles.
   */
  fail(node: number, runIsOver = false): boolean {
    this.#status[node] = "failed";
    this.#failed += 1;
    let isHandled = false;
    for (const { to, onFailure } of this.#graph.leaving[node] ?? []) {
      const taken = onFailure && !runIsOver;
      isHandled ||= taken;
      this.#arrive(to, taken);
    }
    this.#skip();
    return isHandled;
  }

  #arrive(node: number, taken: boolean): void {
    if (taken) this.#taken[node] = 1;
    const open = (this.#open[node] ?? 0) - 1;
    this.#open[node] = open;
    if (open > 0) return;
    if (this.#taken[node] === 1) this.#ready.insert(node, 0, node);
    else this.#skips.push(node);
  }

  /** Settles all that can never run any more, before anything else runs. */
  #skip(): void {
    for (let node = this.#skips.pop(); node !== undefined; node = this.#skips.pop()) {
      this.#status[node] = "skipped";
      this.#skipped += 1;
      for (const { to } of this.#graph.leaving[node] ?? []) this.#arrive(to, false);
    }
  }
}
