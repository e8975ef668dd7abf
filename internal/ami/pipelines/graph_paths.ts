import type { NodeKind } from "./graph.ts";
import type { Link } from "./graph_order.ts";
import { reachableFrom, reaching } from "./reachability.ts";
import { isSink, isSource } from "./step_kind.ts";

/** Which nodes events can come to from a source, and from which they can get to an end; by the nodes' numbers. */
export interface GraphPaths {
  readonly fromSource: readonly boolean[];
  readonly toSink: readonly boolean[];
}

/** The paths of a graph. In an error pipeline records enter at every node without in-edges (pipelines §11). */
export function graphPaths(
  kinds: readonly NodeKind[],
  edges: readonly Link[],
  options: { readonly isError: boolean },
): GraphPaths {
  const numbers = kinds.map((_, number) => number);
  const entered = new Set(edges.map(({ to }) => to));
  const isStart = (kind: NodeKind, number: number): boolean =>
    options.isError ? !entered.has(number) : isSource(kind);
  const starts = numbers.filter((number) => isStart(kinds[number] ?? "transform", number));
  const ends = numbers.filter((number) => isSink(kinds[number] ?? "transform"));
  return {
    fromSource: reachableFrom(kinds.length, edges, starts),
    toSink: reaching(kinds.length, edges, ends),
  };
}
