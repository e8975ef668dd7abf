/** The time of a world: whole milliseconds, from 0 in tests. It never falls while something runs. */
export interface Clock {
  now(): number;
}

/** The logical clock of an event log: one tick per invocation and per completion (scenarios §5). */
export interface SeqClock {
  /** Ticks and returns the new number; the first tick of a new log is 1. */
  next(): number;
  /** The number of the last tick, 0 before the first. */
  current(): number;
}
