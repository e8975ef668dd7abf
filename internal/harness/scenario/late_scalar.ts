import type { YamlNode, YamlScalar } from "../../yaml/mod.ts";

/** A text in which variables are left that only the run knows; its `value` is how it is written. */
export interface LateScalar extends YamlScalar {
  readonly value: string;
  readonly late: LateParts;
}

/** Texts and names of variables; `unknown`: what stands here is told to be wrong already, nothing more is said of it. */
export type LateParts = readonly (string | { readonly variable: string })[] | "unknown";

export function isLate(node: YamlNode): node is LateScalar {
  return "late" in node;
}

export function lateScalar(node: YamlScalar, late: LateParts): LateScalar {
  return { ...node, value: String(node.value), late };
}

/** A value as if it were written at the place of another node; `from` says where it comes from. */
export function placedAt(value: YamlNode, { start, end }: Pick<YamlNode, "start" | "end">, from: string): YamlNode {
  const place = { start, end, from: value.from ?? from };
  if (value.kind === "list") {
    return { ...value, ...place, items: value.items.map((item) => placedAt(item, place, place.from)) };
  }
  if (value.kind === "scalar") return { ...value, ...place };
  const entries = value.entries.map(({ key, value: child }) => ({
    key,
    keyStart: start,
    value: placedAt(child, place, place.from),
  }));
  return { ...value, ...place, entries };
}
