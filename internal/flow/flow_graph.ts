import type { FlowEdge, FlowIr, FlowNode } from "./flow_ir.ts";

/** An edge by the numbers of its nodes. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly onFailure: boolean;
  readonly case: string | undefined;
}

/**
 * The graph of a flow by numbers: nodes in node order from 0, the edges that leave and that enter each. Edges whose ends do not exist
 * are left out; of nodes with one id the first is meant.
 */
export class FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly leaving: readonly (readonly GraphEdge[])[];
  readonly entering: readonly (readonly GraphEdge[])[];
  /** How many edges enter each. */
  readonly incoming: Int32Array;
  /** The first node that no edge enters, -1 if there is none. */
  readonly entry: number;
  readonly #numbers = new Map<string, number>();

  constructor({ nodes, edges }: FlowIr["graph"]) {
    this.nodes = nodes;
    for (const [number, { id }] of nodes.entries()) if (!this.#numbers.has(id)) this.#numbers.set(id, number);
    const leaving: GraphEdge[][] = nodes.map(() => []);
    const entering: GraphEdge[][] = nodes.map(() => []);
    for (const written of edges) {
      const edge = this.#edge(written);
      if (edge === undefined) continue;
      leaving[edge.from]?.push(edge);
      entering[edge.to]?.push(edge);
    }
    this.leaving = leaving;
    this.entering = entering;
    this.incoming = Int32Array.from(entering, (edges) => edges.length);
    this.entry = this.incoming.indexOf(0);
  }

  /** The number of a node; undefined if there is none of that id. */
  number(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  #edge({ from, to, on, case: taken }: FlowEdge): GraphEdge | undefined {
    const [source, target] = [this.#numbers.get(from), this.#numbers.get(to)];
    if (source === undefined || target === undefined) return undefined;
    return { from: source, to: target, onFailure: on === "failure", case: taken };
  }
}
