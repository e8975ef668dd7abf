import { type Completion, eventText, type Invocation, Provenance, type TraceEvent } from "../../trace/mod.ts";

/** An invocation and what came of it; undefined: it is pending. */
export interface Executed {
  readonly invocation: Invocation;
  readonly completion: Completion | undefined;
}

/** Events that a failed assertion shows (scenarios.md §8). */
const SHOWN = 40;

/** The events of a case in `seq` order, as assertions look at them. */
export class RunTrace {
  readonly events: readonly TraceEvent[];
  readonly provenance: Provenance;
  readonly #byAction = new Map<string, Executed[]>();

  constructor(events: readonly TraceEvent[]) {
    this.events = events;
    this.provenance = new Provenance(events);
    for (const event of events) {
      if (event.type !== "invocation") continue;
      const executed = { invocation: event, completion: this.provenance.completionOf(event.id) };
      const same = this.#byAction.get(event.action_uri);
      if (same === undefined) this.#byAction.set(event.action_uri, [executed]);
      else same.push(executed);
    }
  }

  /** The invocations of an action, in `seq` order. */
  of(action: string): readonly Executed[] {
    return this.#byAction.get(action) ?? [];
  }

  /** `trace:` and its last events, a line each; in front of them how many were left out. */
  tail(): string {
    const left = Math.max(0, this.events.length - SHOWN);
    const lines = this.events.slice(left).map((event) => `  ${eventText(event, this.provenance)}`);
    const earlier = left === 0 ? [] : [`  … ${left} earlier ${left === 1 ? "event" : "events"}`];
    return ["trace:", ...earlier, ...(lines.length === 0 ? ["  (no events)"] : lines)].join("\n");
  }
}
