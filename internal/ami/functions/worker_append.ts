import type { Json } from "../../value/mod.ts";
import { listArg } from "./builtin_args.ts";
import { checkRoom } from "./builtin_lists.ts";
import { evaluate } from "./worker_calls.ts";
import { type Code, type Exec, type Frame, type Gen, NEXT, type StmtOf } from "./worker_code.ts";
import { type Path, pathOf, samePath } from "./worker_paths.ts";
import type { Run } from "./worker_run.ts";
import { checkHolder, storable } from "./worker_storable.ts";
import { compileKeys, readPath } from "./worker_targets.ts";
import type { Value } from "./worker_value.ts";
import { openMember, openVariable } from "./worker_write.ts";

/**
 * `x = append(x, …)`, where both are the same path. It means what it says, but the list is made longer where it stands if
 * nothing else refers to it, so that a loop that builds a list takes time in proportion to its length. Undefined for
 * other assignments.
 */
export function compileAppend(g: Gen, { targets, op, values }: StmtOf<"assign">): Exec | undefined {
  const [target, otherTarget] = targets;
  const [value, otherValue] = values;
  if (op !== "=" || target === undefined || value?.kind !== "call") return undefined;
  if (otherTarget !== undefined || otherValue !== undefined) return undefined;
  const binding = g.bindings.get(value);
  if (binding?.kind !== "builtin" || binding.builtin.name !== "append") return undefined;
  const [list, ...items] = value.args;
  const path = pathOf(g, target);
  const source = list === undefined ? undefined : pathOf(g, list);
  if (path === undefined || source === undefined || !samePath(g, path, source)) return undefined;
  return appendInPlace(
    g,
    path,
    items.map((item) => g.take(item)),
  );
}

function appendInPlace(g: Gen, path: Path, items: readonly Code[]): Exec {
  const { run } = g;
  const keysOf = compileKeys(g, path);
  return (frame) => {
    const keys = keysOf(frame);
    const list = readPath(frame, path.slot, keys);
    const values = evaluate(items, frame);
    checkRoom(listArg("append", list), values.length);
    const longer = openList(run, frame, path.slot, keys);
    for (const value of values) longer.push(storable(run, value));
    checkHolder(run, longer);
    return NEXT;
  };
}

/** The list at the end of a path, such that it may be written into. */
function openList(run: Run, frame: Frame, slot: number, keys: readonly Value[]): Json[] {
  let holder = openVariable(run, frame, slot);
  for (const key of keys) holder = openMember(run, holder, key);
  return Array.isArray(holder) ? holder : [];
}
