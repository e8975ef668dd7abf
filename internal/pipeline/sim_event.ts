import type { WorkerEvent } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";

/** What mints event ids: `<pipeline>/<source>/` and the number of the next event (pipelines §5). */
export class EventSource {
  readonly prefix: string;
  next = 0;

  constructor(pipeline: string, source: string) {
    this.prefix = `${pipeline}/${source}/`;
  }
}

/** What an envelope says of its event. */
export interface EventMeta {
  readonly id?: string;
  readonly attempt?: number;
  readonly trace?: Json;
}

/**
 * An event inside a run. Its id is made when someone asks for it: most events are never asked. Payloads are immutable, so
 * copies of an event share one; every branch has a copy of its own, which takes a new payload in place.
 */
export class SimEvent implements WorkerEvent {
  readonly #source: EventSource;
  readonly #n: number;
  payload: Json;
  readonly time: number;
  readonly meta: EventMeta | undefined;

  /** `n` is its number at its source. */
  constructor(source: EventSource, n: number, payload: Json, time: number, meta: EventMeta | undefined) {
    this.#source = source;
    this.#n = n;
    this.payload = payload;
    this.time = time;
    this.meta = meta;
  }

  get id(): string {
    return this.meta?.id ?? `${this.#source.prefix}${this.#n}`;
  }

  get attempt(): number {
    return this.meta?.attempt ?? 1;
  }

  get trace(): Json {
    return this.meta?.trace ?? null;
  }

  /** A copy with another payload. */
  copy(payload: Json): SimEvent {
    return new SimEvent(this.#source, this.#n, payload, this.time, this.meta);
  }
}
