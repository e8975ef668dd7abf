import { type Edge, type Node, ROLE } from "./node.ts";

/** An end that is due: of a node, or of one input of a Collect. */
export interface End {
  readonly node: Node;
  /** The input, by its number; undefined: the node itself. */
  readonly input: number | undefined;
}

/**
 * The ends of streams (pipelines §7, ends). Only nodes that could end next are looked at: sources that are exhausted, and
 * nodes whose senders have ended. While no source is exhausted there are none, so asking costs nothing.
 */
export class Ends {
  /** Nodes that could end, in topological order. */
  readonly #near: Node[] = [];
  readonly #errorSource: Node | undefined;
  /** Nodes outside the error pipeline that have not ended. */
  #mainLeft: number;

  constructor(order: readonly Node[], errorSource: Node | undefined) {
    this.#errorSource = errorSource;
    this.#mainLeft = order.filter((node) => !node.inError).length;
  }

  /** Nothing more will come of a source. */
  exhaust(node: Node): void {
    if (node.exhausted) return;
    node.exhausted = true;
    if (node.sendersLeft === 0) this.#approach(node);
  }

  /** The first end that is due, in topological order. */
  next(): End | undefined {
    for (const node of this.#near) {
      if (node.role === ROLE.collect) {
        const input = dueInput(node);
        if (input !== undefined) return { node, input };
      }
      if (isDue(node)) return { node, input: undefined };
    }
    return undefined;
  }

  /** An input of a Collect has ended. */
  endInput(edge: Edge): void {
    edge.inputEnded = true;
    edge.to.inputsLeft -= 1;
  }

  endNode(node: Node): void {
    node.ended = true;
    this.#near.splice(this.#near.indexOf(node), 1);
    for (const edge of node.outs) {
      const { to } = edge;
      edge.senderEnded = true;
      to.sendersLeft -= 1;
      const couldEnd = to.isSource ? to.exhausted && to.sendersLeft === 0 : to.sendersLeft === 0;
      if (couldEnd || to.role === ROLE.collect) this.#approach(to);
    }
    if (node.inError) return;
    this.#mainLeft -= 1;
    // Errors can be raised as long as one node of the pipeline itself runs.
    if (this.#mainLeft === 0 && this.#errorSource !== undefined) this.exhaust(this.#errorSource);
  }

  #approach(node: Node): void {
    let at = this.#near.length;
    while (at > 0 && (this.#near[at - 1]?.position ?? 0) > node.position) at -= 1;
    if (this.#near[at - 1] !== node) this.#near.splice(at, 0, node);
  }
}

/** The first input of a Collect whose end is due. */
function dueInput(node: Node): number | undefined {
  if (node.inputsLeft === 0 || node.server.busy !== undefined) return undefined;
  const due = node.ins.find((edge) => edge.senderEnded && !edge.inputEnded && edge.queue.size === 0);
  return due?.inIndex;
}

function isDue(node: Node): boolean {
  if (node.sendersLeft > 0 || node.inputsLeft > 0 || node.backlog > 0) return false;
  return (!node.isSource || node.exhausted) && node.servers.every((server) => server.free);
}
