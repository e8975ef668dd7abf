import { completionEvent, type EncodedBindings, type LoggedCompletion, type StrictObject } from "../../store/mod.ts";
import type { Cause, Invocation, TraceEvent } from "../../trace/mod.ts";
import { parseStrict } from "../../value/mod.ts";

interface Firing {
  readonly sync: string;
  readonly completion: string;
  readonly bindings: EncodedBindings;
}

/**
 * The trace of a case as the engine tells of it. It is what the log would give, for a tenth of what reading it costs, as long as
 * no invocation is pending.
 */
export class CollectedEvents {
  readonly #completions: LoggedCompletion[] = [];
  readonly #firings = new Map<string, Firing>();

  completed(completion: LoggedCompletion): void {
    this.#completions.push(completion);
  }

  fired(sync: string, completion: string, invocationId: string, bindings: EncodedBindings): void {
    this.#firings.set(invocationId, { sync, completion, bindings });
  }

  /** All events so far, in `seq` order. */
  events(): TraceEvent[] {
    const events = this.#completions.flatMap((completion): TraceEvent[] => [
      this.#invocation(completion),
      completionEvent(completion),
    ]);
    return events.sort((a, b) => a.seq - b.seq);
  }

  #invocation({ invocation: { action_uri, args, id, seq } }: LoggedCompletion): Invocation {
    const cause = this.#cause(id);
    const event = { action_uri, args, id, seq, type: "invocation" } as const;
    return cause === undefined ? event : { ...event, cause };
  }

  #cause(id: string): Cause | undefined {
    const firing = this.#firings.get(id);
    if (firing === undefined) return undefined;
    const { bindings, completion, sync } = firing;
    // Bindings are an object, and their text is its canonical JSON.
    return { bindings: parseStrict(bindings.text) as StrictObject, completion, sync };
  }
}
