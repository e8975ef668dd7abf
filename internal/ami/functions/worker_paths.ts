import type { Expr } from "../syntax/mod.ts";
import type { Gen } from "./worker_code.ts";

/** A variable and the members and elements that lead from it: `ev.payload.list[i]`. */
export interface Path {
  readonly slot: number;
  readonly keys: readonly Key[];
}

/** One step of a path: a name, or an expression in brackets. */
export type Key = string | Expr;

/** The path that an expression is, if it begins with a variable. */
export function pathOf(g: Gen, expr: Expr): Path | undefined {
  const keys: Key[] = [];
  let at = expr;
  for (; at.kind === "member" || at.kind === "index"; at = at.object) {
    keys.push(at.kind === "member" ? at.name.text : keyOf(at.index));
  }
  const binding = at.kind === "name" ? g.bindings.get(at) : undefined;
  return binding?.kind === "local" ? { slot: binding.slot, keys: keys.reverse() } : undefined;
}

/** Whether two paths lead to the same place, whatever is evaluated in between; false where that cannot be told. */
export function samePath(g: Gen, a: Path, b: Path): boolean {
  return a.slot === b.slot && a.keys.length === b.keys.length && a.keys.every((key, at) => sameKey(g, key, b.keys[at]));
}

function sameKey(g: Gen, a: Key, b: Key | undefined): boolean {
  if (typeof a === "string" || typeof b === "string" || b === undefined) return a === b;
  if (a.kind === "number" && b.kind === "number") return a.value === b.value;
  const left = pathOf(g, a);
  const right = pathOf(g, b);
  // Reading one changes nothing.
  return left !== undefined && right !== undefined && samePath(g, left, right);
}

function keyOf(index: Expr): Key {
  return index.kind === "string" ? index.value : index;
}
