import type { NodeKind } from "./graph.ts";

/** The kinds of nodes as they are written canonically (pipelines §2). */
export const KIND_NAMES: Readonly<Record<NodeKind, string>> = {
  ingress: "ingress",
  egress: "egress",
  timer: "Timer",
  transform: "Transform",
  fanout: "FanOut",
  collect: "Collect",
  mutable: "Mutable",
  "io.read": "io.Read",
  "io.write": "io.Write",
};

function isKind(word: string): word is NodeKind {
  return Object.hasOwn(KIND_NAMES, word);
}

export const NODE_KINDS: readonly NodeKind[] = Object.keys(KIND_NAMES).filter(isKind);

/** The kind that a word names, in any letter case; undefined if it names none. */
export function kindOf(word: string): NodeKind | undefined {
  const lower = word.toLowerCase();
  return isKind(lower) ? lower : undefined;
}

/** Where events come from. An error pipeline can have none of these (pipelines §11). */
export function isSource(kind: NodeKind): boolean {
  return kind === "ingress" || kind === "timer" || kind === "io.read";
}

/** Where events go to. */
export function isSink(kind: NodeKind): boolean {
  return kind === "egress" || kind === "io.write";
}

/** Whether a step of this kind calls a worker. */
export function hasWorker(kind: NodeKind): boolean {
  return kind === "transform" || kind === "mutable";
}
