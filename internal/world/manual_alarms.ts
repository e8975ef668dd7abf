import { Agenda } from "./agenda.ts";
import type { Alarms } from "./alarms.ts";

/** The test double of alarms: time stands until it is told to pass, and then everything due happens in its order. */
export class ManualAlarms implements Alarms {
  #now = 0;
  readonly #agenda = new Agenda<() => void>();

  monotonicMs(): number {
    return this.#now;
  }

  nowIso(): string {
    return new Date(this.#now).toISOString();
  }

  after(ms: number, task: () => void): () => void {
    let isOff = false;
    this.#agenda.insert(this.#now + Math.max(0, ms), 0, () => {
      if (!isOff) task();
    });
    return () => {
      isOff = true;
    };
  }

  /** Lets `ms` milliseconds pass; between two happenings whoever waits for a promise has a turn. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (let next = this.#agenda.peek(); next !== undefined && next.time <= until; next = this.#agenda.peek()) {
      this.#now = Math.max(this.#now, next.time);
      this.#agenda.take()?.item();
      await settle();
    }
    this.#now = until;
  }
}

/** More turns than any chain of promises between two alarms takes. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await null;
}
