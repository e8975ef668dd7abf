import { isObject, type Json, parseJson, ValueError } from "../value/mod.ts";
import type { ExternalEvent } from "./run_input.ts";

/** An event as a line of input says it: only an envelope may name the time of its arrival. */
export interface ReadEvent extends ExternalEvent {
  readonly at?: number;
}

/** A line or an envelope that is no event: `E_EVENT_JSON`. The message says what is wrong, without naming the line. */
export class EventError extends Error {
  readonly code = "E_EVENT_JSON";
}

/**
 * Reads a line as an event: a bare payload or an events.v1 envelope (pipelines §5). Throws an {@link EventError}.
 *
 * @example
 * readEvent('{"k":1}');                                                // { payload: { k: 1 } }
 * readEvent('{"schema":"events.v1","payload":{"k":1},"at_ms":5}');     // { payload: { k: 1 }, at: 5 }
 */
export function readEvent(line: string): ReadEvent {
  try {
    return eventOf(parseJson(line));
  } catch (error) {
    if (error instanceof ValueError) throw new EventError(`not JSON: ${error.message}`);
    throw error;
  }
}

/** The event that a value stands for: what an envelope says, or the value as payload. Throws an {@link EventError}. */
export function eventOf(value: Json): ReadEvent {
  if (!isObject(value) || value.schema !== "events.v1") return { payload: value };
  const { payload, id, attempt, trace, at_ms: at, ingress } = value;
  if (payload === undefined) throw new EventError("the events.v1 envelope has no payload");
  return {
    payload,
    ...(id === undefined ? {} : { id: text(id, "id") }),
    ...(attempt === undefined ? {} : { attempt: whole(attempt, "attempt") }),
    ...(trace === undefined ? {} : { trace }),
    ...(at === undefined ? {} : { at: whole(at, "at_ms") }),
    ...(ingress === undefined ? {} : { ingress: text(ingress, "ingress") }),
  };
}

function text(value: Json, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new EventError(`${name} of the envelope is ${JSON.stringify(value)}; expected a text that is not empty`);
}

function whole(value: Json, name: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new EventError(`${name} of the envelope is ${JSON.stringify(value)}; expected a whole number from 0`);
}
