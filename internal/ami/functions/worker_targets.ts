import type { Expr, Name } from "../syntax/mod.ts";
import { evaluate } from "./worker_calls.ts";
import type { Code, Frame, Gen } from "./worker_code.ts";
import { elementOf } from "./worker_members.ts";
import { type Path, pathOf } from "./worker_paths.ts";
import type { Run } from "./worker_run.ts";
import { isPlainKey } from "./worker_storable.ts";
import { EventValue, type Value } from "./worker_value.ts";
import { openMember, openPayload, openVariable, writeEntry, writeMember } from "./worker_write.ts";

/** What can be assigned to. The keys of its path are evaluated once, before the values (pipelines §1, §4). */
export interface Target {
  /** Where it is a variable as a whole: its slot. */
  readonly slot: number | undefined;
  /** Reads and writes it at once, where there are no keys to evaluate. */
  readonly direct?: Direct;
  keys(frame: Frame): readonly Value[];
  read(frame: Frame, keys: readonly Value[]): Value;
  write(frame: Frame, keys: readonly Value[], value: Value): void;
}

interface Direct {
  readonly read: Code;
  readonly write: (frame: Frame, value: Value) => void;
}

const NO_KEYS: readonly Value[] = [];

/** `_`, which drops what it is assigned. */
const DISCARD: Target = { slot: undefined, keys: () => NO_KEYS, read: () => null, write() {} };

export function compileTarget(g: Gen, expr: Expr): Target {
  if (g.bindings.get(expr)?.kind === "discard") return DISCARD;
  const path = pathOf(g, expr);
  if (path === undefined) throw new Error("an assignment was not checked");
  return path.keys.length === 0 ? slotTarget(path.slot) : pathTarget(g, path, expr);
}

/** A variable that a declaration makes. */
export function variable(g: Gen, name: Name): Target {
  const slot = g.slot(name);
  return slot === undefined ? DISCARD : slotTarget(slot);
}

/** Evaluates the keys of a path; where all are names, to the same list every time. */
export function compileKeys(g: Gen, path: Path): (frame: Frame) => readonly Value[] {
  const names = namesOf(path);
  if (names !== undefined) return () => names;
  const codes = path.keys.map((key): Code => (typeof key === "string" ? () => key : g.peek(key)));
  return (frame) => evaluate(codes, frame);
}

/** The keys of a path, if all are names. */
function namesOf({ keys }: Path): readonly string[] | undefined {
  const names = keys.filter((key) => typeof key === "string");
  return names.length === keys.length ? names : undefined;
}

export function readPath(frame: Frame, slot: number, keys: readonly Value[]): Value {
  let value = frame[slot] ?? null;
  for (const key of keys) value = elementOf(value, key);
  return value;
}

function slotTarget(slot: number): Target {
  return {
    slot,
    keys: () => NO_KEYS,
    read: (frame) => frame[slot] ?? null,
    write: (frame, _keys, value) => {
      frame[slot] = value;
    },
  };
}

function pathTarget(g: Gen, path: Path, expr: Expr): Target {
  const { run } = g;
  const { slot } = path;
  const names = namesOf(path);
  return {
    slot: undefined,
    ...(names === undefined ? {} : { direct: { read: g.peek(expr), write: compileWrite(run, slot, names) } }),
    keys: compileKeys(g, path),
    read: (frame, keys) => readPath(frame, slot, keys),
    write: (frame, keys, value) => writePath(run, frame, slot, keys, value),
  };
}

function compileWrite(run: Run, slot: number, names: readonly string[]): (frame: Frame, value: Value) => void {
  const [first, last] = names;
  if (first === undefined || last === undefined || names.length > 2) {
    return (frame, value) => writePath(run, frame, slot, names, value);
  }
  const write = (frame: Frame, value: Value) =>
    writeMember(run, openMember(run, openVariable(run, frame, slot), first), last, value);
  if (first !== "payload" || !isPlainKey(last)) return write;
  // `ev.payload.k = …` is what most workers do: the same without asking what is known here.
  return (frame, value) => {
    const event = frame[slot];
    const payload = event instanceof EventValue ? openPayload(run, event) : undefined;
    if (payload === undefined) write(frame, value);
    else writeEntry(run, payload, last, value);
  };
}

function writePath(run: Run, frame: Frame, slot: number, keys: readonly Value[], value: Value): void {
  const last = keys.length - 1;
  let holder = openVariable(run, frame, slot);
  for (let at = 0; at < last; at++) holder = openMember(run, holder, keys[at] ?? null);
  writeMember(run, holder, keys[last] ?? null, value);
}
