import type { Json } from "../../value/mod.ts";
import type { WorkerEvent } from "./worker.ts";

/** An event inside a worker. It is a value too: what another variable holds does not change with this one. */
export class EventValue {
  readonly event: WorkerEvent;
  /** Written only where nothing else refers to this object. */
  payload: Json;
  /** Whether a second variable may refer to this object. */
  shared: boolean;

  constructor(event: WorkerEvent, payload: Json) {
    this.event = event;
    this.payload = payload;
    this.shared = false;
  }
}

/** What `error(code, msg)` makes. */
export class ErrorValue {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** A value of the worker language; nil is null. Lists and maps hold JSON only. */
export type Value = Json | EventValue | ErrorValue;

export type JsonMap = { [key: string]: Json };

/** What has parts that can be assigned to. */
export type Container = JsonMap | Json[];

export function isMap(value: Value): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) && isJson(value);
}

/** True for what may stand in lists, maps, payloads and state. */
export function isJson(value: Value): value is Json {
  return !(value instanceof EventValue) && !(value instanceof ErrorValue);
}

/** What `typeof(x)` answers. */
export function typeName(value: Value): string {
  if (value === null) return "nil";
  if (typeof value === "boolean") return "bool";
  if (typeof value !== "object") return typeof value;
  if (value instanceof EventValue) return "event";
  if (value instanceof ErrorValue) return "error";
  return Array.isArray(value) ? "list" : "map";
}

/**
 * The member of a map; undefined where there is none. What every JavaScript object inherits (`constructor`,
 * `__proto__`) is no member: JSON never holds a function, so only `__proto__` needs a closer look.
 */
export function ownMember(map: JsonMap, key: string): Json | undefined {
  const found = map[key];
  if (found === undefined || typeof found === "function") return undefined;
  return key === "__proto__" && !Object.hasOwn(map, key) ? undefined : found;
}
