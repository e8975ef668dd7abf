import { LaterQueue } from "./later_queue.ts";
import { type Edge, type Node, ROLE } from "./node.ts";

/** An end that is due: of a node, or of one input of a Collect. */
export interface End {
  readonly node: Node;
  /** The input, by its number; undefined: the node itself. */
  readonly input: number | undefined;
}

/**
 * The ends of streams (pipelines §7, ends). A node whose senders have ended, and a Collect with one input whose sender has, is
 * `ending`: from then on the simulation says whenever one of its servers has become free, and only then it is looked at. So an
 * end costs O(log n), over time, and events cost nothing while nothing ends.
 */
export class Ends {
  readonly #order: readonly Node[];
  /** Positions of the nodes to look at; all whose end, or an input's, is due are among them. */
  readonly #looks = new LaterQueue();
  /** By position: whether it is among them. */
  readonly #queued: Uint8Array;
  /** The inputs of Collects that end as soon as the Collect is not busy: nothing is left in their queues, nor will be. */
  readonly #inputs: ReadonlyMap<Node, LaterQueue>;
  readonly #errorSource: Node | undefined;
  /** Nodes outside the error pipeline that have not ended. */
  #mainLeft: number;

  /** `order` is topological: the nodes by their positions. */
  constructor(order: readonly Node[], errorSource: Node | undefined) {
    this.#order = order;
    this.#queued = new Uint8Array(order.length);
    this.#inputs = new Map(
      order.filter((node) => node.role === ROLE.collect).map((node) => [node, new LaterQueue()] as const),
    );
    this.#errorSource = errorSource;
    this.#mainLeft = order.filter((node) => !node.inError).length;
  }

  /** Nothing more will come of a source. */
  exhaust(node: Node): void {
    if (node.exhausted) return;
    node.exhausted = true;
    if (node.sendersLeft === 0) this.#approach(node);
  }

  /** A node that is ending may have become free. */
  look(node: Node): void {
    if (this.#queued[node.position] === 1) return;
    this.#queued[node.position] = 1;
    this.#looks.insert(node.position, node.position);
  }

  /** A Collect that is ending is not busy any more: it has served an event of input `input`. */
  served(node: Node, input: number): void {
    const edge = node.ins[input];
    if (edge?.senderEnded) this.#empty(edge);
    this.look(node);
  }

  /** The first end that is due, in topological order; of a Collect the inputs first, in their order. */
  next(): End | undefined {
    while (this.#looks.size > 0) {
      const node = this.#order[this.#looks.nextTime];
      if (node === undefined) return undefined;
      const inputs = this.#inputs.get(node);
      if (inputs !== undefined && inputs.size > 0 && node.server.busy === undefined) {
        return { node, input: inputs.nextTime };
      }
      if (isDue(node)) return { node, input: undefined };
      this.#looks.take();
      this.#queued[node.position] = 0;
    }
    return undefined;
  }

  /** The input of a Collect that `next` named has ended. */
  endInput({ to }: Edge): void {
    this.#inputs.get(to)?.take();
    to.inputsLeft -= 1;
  }

  /** The node that `next` named has ended. */
  endNode(node: Node): void {
    node.ended = true;
    node.ending = false;
    this.#looks.take();
    for (const edge of node.outs) {
      const { to } = edge;
      edge.senderEnded = true;
      to.sendersLeft -= 1;
      if (to.role === ROLE.collect) this.#empty(edge);
      const couldEnd = to.isSource ? to.exhausted && to.sendersLeft === 0 : to.sendersLeft === 0;
      if (couldEnd || to.role === ROLE.collect) this.#approach(to);
    }
    if (node.inError) return;
    this.#mainLeft -= 1;
    // Errors can be raised as long as one node of the pipeline itself runs.
    if (this.#mainLeft === 0 && this.#errorSource !== undefined) this.exhaust(this.#errorSource);
  }

  #approach(node: Node): void {
    node.ending = true;
    this.look(node);
  }

  /** Queues an input of a Collect whose sender has ended, if its queue is empty: it stays so. */
  #empty(edge: Edge): void {
    if (edge.inputDone || edge.queue.size > 0) return;
    edge.inputDone = true;
    this.#inputs.get(edge.to)?.insert(edge.inIndex, edge.inIndex);
  }
}

function isDue(node: Node): boolean {
  if (node.sendersLeft > 0 || node.inputsLeft > 0 || node.backlog > 0) return false;
  if (node.isSource && !node.exhausted) return false;
  return node.maxServers === 1 ? node.server.free : node.idle === node.maxServers;
}
