import { type Exits, eachExit } from "../compile/mod.ts";
import { type Deep, into, runDeep, type Step } from "../syntax/mod.ts";

/** A step in the order of a flow: all calls of one id are one, every `when` is one of its own. */
export interface SequenceNode {
  /** Of the first definition. */
  readonly at: number;
  readonly name: string;
  readonly next: Set<SequenceNode>;
}

/** How the steps of a flow follow each other, as the compiler links them (flows §3). */
export interface SequenceGraph {
  readonly entry: SequenceNode | undefined;
  readonly nodes: readonly SequenceNode[];
}

/** The steps that the next one follows; none at the beginning. */
type Ends = Exits<SequenceNode> | undefined;

/** The graph of a list of steps. */
export function sequenceGraph(steps: readonly Step[]): SequenceGraph {
  const calls = new Map<string, SequenceNode>();
  const nodes: SequenceNode[] = [];
  const add = (name: string, at: number): SequenceNode => {
    const node = { name, at, next: new Set<SequenceNode>() };
    nodes.push(node);
    return node;
  };
  const nodeOf = (step: Step): SequenceNode => {
    if (step.kind === "when") return add("when", step.at);
    const node = calls.get(step.id.text) ?? add(step.id.text, step.at);
    calls.set(step.id.text, node);
    return node;
  };
  function* sequence(list: readonly Step[], before: Ends): Deep<Ends> {
    let ends = before;
    for (const step of list) {
      const node = nodeOf(step);
      if (ends !== undefined) for (const end of eachExit(ends)) end.next.add(node);
      ends = node;
      const body = step.kind === "when" ? step : step.onFailure;
      if (body === undefined) continue;
      const left = yield* into(sequence(body.steps, node));
      const goesOn = !("finish" in body && body.finish) && left !== undefined && left !== node;
      if (goesOn) ends = [node, left];
    }
    return ends;
  }
  runDeep(sequence(steps, undefined));
  return { entry: nodes[0], nodes };
}

/** The node that closes a cycle, of the first that a walk in order meets. */
export function cycleIn({ entry }: SequenceGraph): SequenceNode | undefined {
  if (entry === undefined) return undefined;
  const open = new Set([entry]);
  const done = new Set<SequenceNode>();
  const trail = [{ node: entry, next: entry.next.values() }];
  for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
    const { done: isLast, value: next } = top.next.next();
    if (isLast === true) {
      trail.pop();
      open.delete(top.node);
      done.add(top.node);
    } else if (open.has(next)) return next;
    else if (!done.has(next)) {
      open.add(next);
      trail.push({ node: next, next: next.next.values() });
    }
  }
  return undefined;
}

/** The nodes that no walk from the entry meets. */
export function unreachableIn({ entry, nodes }: SequenceGraph): readonly SequenceNode[] {
  const reached = new Set<SequenceNode>();
  const waiting = entry === undefined ? [] : [entry];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    waiting.push(...node.next);
  }
  return nodes.filter((node) => !reached.has(node));
}
