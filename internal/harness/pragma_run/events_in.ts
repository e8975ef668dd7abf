import { EventError, eventOf } from "../../pipeline/mod.ts";
import { isObject, type Json, pathIndex, pathKey } from "../../value/mod.ts";

/** What the tester does to a store when an event enters: put, then get, then emit (ami-tests §4). */
export interface KvAction {
  readonly ns: string;
  readonly put?: { readonly key: string; readonly value: Json };
  readonly get?: string;
  readonly emit: boolean;
}

/** One external event, ready to enter: when, with what, and what the tester does at that moment. */
export interface Arrival {
  /** Virtual milliseconds of its entry, `sleep_ms` included. */
  readonly at: number;
  readonly payload: Json;
  /** A simulated error is raised instead of the event. */
  readonly errorCode?: string;
  readonly kv?: KvAction;
  /** Of an envelope. */
  readonly id?: string;
  readonly attempt?: number;
  readonly trace?: Json;
  readonly ingress?: string;
}

/** A meta key or envelope field of the wrong type; the message names its place in the input. */
export class MetaError extends Error {}

const META_KEYS = new Set([
  "at_ms",
  "sleep_ms",
  "error_code",
  "kv_pipeline",
  "kv_node",
  "kv_put_key",
  "kv_put_val",
  "kv_get_key",
  "kv_emit",
]);
const WORDS = new Map([
  ...["true", "1", "yes", "y"].map((word) => [word, true] as const),
  ...["false", "0", "no", "n"].map((word) => [word, false] as const),
]);

/**
 * Reads the elements of an input (ami-tests §4): takes the meta keys out of the payloads, unpacks envelopes, and dates
 * every event. `pipeline` is the default of `kv_pipeline`. `single` names paths `$` instead of `$[0]`.
 * Throws {@link MetaError} (`E_META_TYPE`).
 */
export function readArrivals(elements: readonly Json[], pipeline: string, single: boolean): Arrival[] {
  let at = 0;
  return elements.map((element, index) => {
    if (!isObject(element)) return { at, payload: element };
    const path = single ? "$" : `$${pathIndex(index)}`;
    if (element.schema === "events.v1") {
      const arrival = envelope(element, path, at);
      at = arrival.at;
      return arrival;
    }
    const fields = new Fields(element, path);
    at = fields.wholeFromZero("at_ms") ?? at;
    return payload(fields, at, pipeline);
  });
}

/** An envelope is read as `pipeline run` reads it: what is tested is what runs. */
function envelope(element: Json, path: string, previous: number): Arrival {
  try {
    const { at = previous, ...event } = eventOf(element);
    return { at, ...event };
  } catch (error) {
    throw error instanceof EventError ? new MetaError(`${path}: ${error.message}`) : error;
  }
}

function payload(fields: Fields, at: number, pipeline: string): Arrival {
  const entry = at + (fields.wholeFromZero("sleep_ms") ?? 0);
  if (!Number.isSafeInteger(entry))
    throw new MetaError(`${fields.path} enters after 2^53 - 1 ms, the end of virtual time`);
  const errorCode = fields.name("error_code");
  const kv = kvAction(fields, pipeline);
  return {
    at: entry,
    payload: fields.withoutMeta(),
    ...(errorCode === undefined ? {} : { errorCode }),
    ...(kv === undefined ? {} : { kv }),
  };
}

function kvAction(fields: Fields, pipeline: string): KvAction | undefined {
  const ns = `${fields.name("kv_pipeline") ?? pipeline}/${fields.name("kv_node") ?? "tester"}`;
  const putKey = fields.name("kv_put_key");
  const putValue = fields.raw("kv_put_val");
  if (putValue !== undefined && putKey === undefined) {
    throw new MetaError(`${fields.path}.kv_put_val needs kv_put_key beside it`);
  }
  const get = fields.name("kv_get_key");
  const emit = fields.truth("kv_emit") ?? false;
  if (putKey === undefined && get === undefined && !emit) return undefined;
  return {
    ns,
    ...(putKey === undefined ? {} : { put: { key: putKey, value: putValue ?? null } }),
    ...(get === undefined ? {} : { get }),
    emit,
  };
}

/** Typed access to the top level of one element; every complaint names the path. */
class Fields {
  readonly path: string;
  readonly #object: { [key: string]: Json };

  constructor(object: { [key: string]: Json }, path: string) {
    this.#object = object;
    this.path = path;
  }

  raw(key: string): Json | undefined {
    return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined;
  }

  wholeFromZero(key: string): number | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw this.#wrong(key, "a whole number from 0");
  }

  name(key: string): string | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (typeof value === "string" && value !== "") return value;
    throw this.#wrong(key, "a text that is not empty");
  }

  truth(key: string): boolean | undefined {
    const value = this.raw(key);
    if (value === undefined || typeof value === "boolean") return value;
    const word = typeof value === "string" ? WORDS.get(value.toLowerCase()) : undefined;
    if (word !== undefined) return word;
    throw this.#wrong(key, "a boolean");
  }

  /** The payload: the element itself if it holds no meta key, else a copy without them. */
  withoutMeta(): Json {
    const entries = Object.entries(this.#object);
    const kept = entries.filter(([key]) => !META_KEYS.has(key));
    // fromEntries defines properties, so that a key "__proto__" stays data.
    return kept.length === entries.length ? this.#object : Object.fromEntries(kept);
  }

  #wrong(key: string, expected: string): MetaError {
    return new MetaError(`${this.path}${pathKey(key)} is ${JSON.stringify(this.#object[key])}; expected ${expected}`);
  }
}
