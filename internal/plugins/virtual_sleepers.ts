import { Agenda } from "../world/mod.ts";

/** The virtual time of one attempt: who sleeps is woken in the order of their times, and time goes on only for that. */
export class VirtualSleepers {
  readonly #agenda = new Agenda<() => void>();
  #now: number;

  constructor(now: number) {
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    const wait = Number.isFinite(ms) ? Math.max(0, Math.ceil(ms)) : 0;
    return new Promise((resolve) => this.#agenda.insert(this.#now + wait, 0, resolve));
  }

  /** When the next one wakes; undefined: nobody sleeps. */
  get next(): number | undefined {
    return this.#agenda.peek()?.time;
  }

  /** Goes on to that time, and wakes one. */
  wake(): void {
    const entry = this.#agenda.take();
    if (entry === undefined) return;
    this.#now = entry.time;
    entry.item();
  }
}
