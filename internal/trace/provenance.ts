import type { Completion, Invocation, TraceEvent } from "./trace_event.ts";

/** Who caused whom in a list of events, both ways. */
export class Provenance {
  readonly #byId = new Map<string, TraceEvent>();
  readonly #completionOf = new Map<string, Completion>();
  readonly #firedBy = new Map<string, Invocation[]>();

  constructor(events: Iterable<TraceEvent>) {
    for (const event of events) {
      this.#byId.set(event.id, event);
      if (event.type === "completion") this.#completionOf.set(event.invocation, event);
      else if (event.cause !== undefined) this.#fired(event.cause.completion, event);
    }
  }

  event(id: string): TraceEvent | undefined {
    return this.#byId.get(id);
  }

  /** The completion of an invocation; undefined: it is pending. */
  completionOf(invocationId: string): Completion | undefined {
    return this.#completionOf.get(invocationId);
  }

  /** The event before it in its chain: of a completion its invocation, of an invocation the completion that fired it. */
  causeOf(event: TraceEvent): TraceEvent | undefined {
    const id = event.type === "completion" ? event.invocation : event.cause?.completion;
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** What an event directly led to, in `seq` order. */
  effectsOf(event: TraceEvent): readonly TraceEvent[] {
    if (event.type === "completion") return this.#firedBy.get(event.id) ?? [];
    const completion = this.#completionOf.get(event.id);
    return completion === undefined ? [] : [completion];
  }

  /** The chain from the root to an event, both included: what `plumb trace --why` keeps. */
  why(event: TraceEvent): readonly TraceEvent[] {
    const chain: TraceEvent[] = [];
    const seen = new Set<TraceEvent>();
    let at: TraceEvent | undefined = event;
    // A log that someone edited may hold a circle.
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      chain.push(at);
      at = this.causeOf(at);
    }
    return chain.reverse();
  }

  /** Everything that an event led to, however far, in `seq` order, without the event itself. */
  consequences(event: TraceEvent): readonly TraceEvent[] {
    const found = new Set<TraceEvent>([event]);
    for (const at of found) for (const effect of this.effectsOf(at)) found.add(effect);
    found.delete(event);
    return [...found].sort((a, b) => a.seq - b.seq);
  }

  #fired(completionId: string, invocation: Invocation): void {
    const fired = this.#firedBy.get(completionId);
    if (fired === undefined) this.#firedBy.set(completionId, [invocation]);
    else fired.push(invocation);
  }
}
