import type { SeqClock } from "../world/mod.ts";

/** The logical clock of a log that has been written to before: it goes on at the log's largest `seq` (scenarios.md §5). */
export class LogTicks implements SeqClock {
  #seq: number;

  constructor(seq: number) {
    this.#seq = seq;
  }

  next(): number {
    this.#seq += 1;
    return this.#seq;
  }

  current(): number {
    return this.#seq;
  }
}
