import type { Mapping, Node, Scalar } from "./layout.ts";

/** All nodes of a tree in the order of the file, the tree itself first. Takes no call stack, however deep it is nested. */
export function* nodesOf(root: Node): Generator<Node> {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    const children = childrenOf(node);
    for (let at = children.length - 1; at >= 0; at--) {
      const child = children[at];
      if (child !== undefined) waiting.push(child);
    }
  }
}

function childrenOf(node: Node): readonly Node[] {
  if (node.kind === "scalar") return [];
  if (node.kind === "list") return node.items;
  return node.entries.flatMap((entry) => (entry.kind === "key" ? [entry.value] : []));
}

/** All texts of a tree in the order of the file. */
export function scalarsOf(root: Node): readonly Scalar[] {
  return [...nodesOf(root)].filter((node) => node.kind === "scalar");
}

/** All mappings of a tree in the order of the file. */
export function mappingsOf(root: Node): readonly Mapping[] {
  return [...nodesOf(root)].filter((node) => node.kind === "mapping");
}
