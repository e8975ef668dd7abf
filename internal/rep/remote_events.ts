import type { ValueObject } from "../flow/mod.ts";
import { isObject, type Value } from "../value/mod.ts";
import { RepFault } from "./fault.ts";

/** More than these in a run, and the executor floods (flows §13): events are kept, so they are memory. */
const MOST_EVENTS = 1_000_000;
const MOST_BYTES = 64 << 20;

/** Takes the events of a run's Polls, in order. */
export class RemoteEvents {
  readonly #nowIso: () => string;
  readonly #warned: (code: string, message: string) => void;
  #count = 0;
  #bytes = 0;

  constructor(nowIso: () => string, warned: (code: string, message: string) => void) {
    this.#nowIso = nowIso;
    this.#warned = warned;
  }

  /** How many came so far. */
  get count(): number {
    return this.#count;
  }

  /**
   * The events of one Poll as they are passed on: those without type or timestamp get them.
   * @param bytes of the Poll's line
   * @throws RepFault Flood
   */
  take(events: readonly ValueObject[], bytes: number): readonly ValueObject[] {
    this.#count += events.length;
    if (events.length > 0) this.#bytes += bytes;
    if (this.#count > MOST_EVENTS) throw new RepFault("Flood", `the executor reported more than ${MOST_EVENTS} events`);
    if (this.#bytes > MOST_BYTES)
      throw new RepFault("Flood", `the executor reported events of more than ${MOST_BYTES} bytes`);
    return events.map((event) => (isWhole(event) ? event : this.#stamped(event)));
  }

  #stamped(event: ValueObject): ValueObject {
    this.#warned("W_REP_EVENT", "the executor reports events without type or timestamp");
    const type: Value = typeof event.type === "string" ? event.type : "unknown";
    const timestamp: Value = isTimestamp(event.timestamp) ? event.timestamp : this.#nowIso();
    return { ...event, type, timestamp };
  }
}

function isWhole(event: ValueObject): boolean {
  return isObject(event) && typeof event.type === "string" && isTimestamp(event.timestamp);
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

function isTimestamp(value: Value | undefined): value is string {
  return typeof value === "string" && RFC_3339.test(value);
}
