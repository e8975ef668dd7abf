import type { Json } from "../../value/mod.ts";
import type { Expr } from "../syntax/mod.ts";
import { dropField, fieldAt, setField } from "./builtin_fields.ts";
import { SILENCE, type WorkerEvent } from "./worker.ts";
import { wrongType } from "./worker_failure.ts";
import { splitPath } from "./worker_members.ts";
import { leaving, type Outcome } from "./worker_outcome.ts";
import type { Run } from "./worker_run.ts";
import { storable } from "./worker_storable.ts";
import { isMap, type JsonMap, type Value } from "./worker_value.ts";

/** A built-in worker with its arguments (pipelines §4); fields are dotted paths. */
export type BuiltinWorker =
  | { readonly kind: "add_field"; readonly field: string }
  | { readonly kind: "set"; readonly field: string; readonly value: Expr }
  | { readonly kind: "drop"; readonly fields: readonly string[] }
  | { readonly kind: "rename"; readonly from: string; readonly to: string }
  | { readonly kind: "filter"; readonly condition: Expr }
  | { readonly kind: "drop_even" }
  /** Passes every event on. */
  | { readonly kind: "none" };

/** What a compiled built-in worker does with an event, inside of a call. */
type Body = (event: WorkerEvent) => Outcome;

/** An expression in which `ev` is the event. */
type EventCode = (event: WorkerEvent) => Value;

/** Compiles a built-in worker; `compile` compiles the expressions in it. */
export function compileBuiltinWorker(worker: BuiltinWorker, run: Run, compile: (expr: Expr) => EventCode): Body {
  switch (worker.kind) {
    case "add_field":
      return addField(splitPath(worker.field));
    case "set":
      return set(run, splitPath(worker.field), compile(worker.value));
    case "drop":
      return drop(worker.fields.map(splitPath));
    case "rename":
      return rename(splitPath(worker.from), splitPath(worker.to));
    case "filter":
      return filter(compile(worker.condition));
    case "drop_even":
      return ({ payload }) => (isEven(fieldAt(payload, ["i"])) ? SILENCE : payload);
    case "none":
      return ({ payload }) => payload;
  }
}

function addField(names: readonly string[]): Body {
  return ({ payload }) => (isMap(payload) ? setField(payload, names, true) : payload);
}

function set(run: Run, names: readonly string[], value: EventCode): Body {
  return (event) => {
    const payload = mapPayload("set", event.payload);
    const json = storable(run, value(event));
    return leaving(run, setField(payload, names, json));
  };
}

function drop(paths: readonly (readonly string[])[]): Body {
  return ({ payload }) => paths.reduce(dropField, mapPayload("drop", payload));
}

function rename(from: readonly string[], to: readonly string[]): Body {
  return (event) => {
    const payload = mapPayload("rename", event.payload);
    const value = fieldAt(payload, from);
    return value === undefined ? payload : setField(dropField(payload, from), to, value);
  };
}

function filter(condition: EventCode): Body {
  return (event) => {
    const keep = condition(event);
    if (typeof keep !== "boolean") return wrongType("filter takes a bool", keep);
    return keep ? event.payload : SILENCE;
  };
}

function isEven(value: Json | undefined): boolean {
  return typeof value === "number" && Math.trunc(value) % 2 === 0;
}

function mapPayload(name: string, payload: Json): JsonMap {
  return isMap(payload) ? payload : wrongType(`${name} takes a payload that is a map`, payload);
}
