import type { Mapping, Node, Scalar } from "./layout.ts";

/** All nodes of a tree in the order of the file, the tree itself first. Takes no call stack, however deep it is nested. */
export function nodesOf(root: Node): readonly Node[] {
  const nodes: Node[] = [];
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    nodes.push(node);
    if (node.kind === "scalar") continue;
    const children = node.kind === "list" ? node.items : node.entries;
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child === undefined || child.kind === "bare") continue;
      waiting.push(child.kind === "key" ? child.value : child);
    }
  }
  return nodes;
}

/** All texts of a tree in the order of the file. */
export function scalarsOf(root: Node): readonly Scalar[] {
  return nodesOf(root).filter((node) => node.kind === "scalar");
}

/** All mappings of a tree in the order of the file. */
export function mappingsOf(root: Node): readonly Mapping[] {
  return nodesOf(root).filter((node) => node.kind === "mapping");
}
