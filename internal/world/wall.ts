/** What differs between two runs on a real machine. Only records of real time and production runs may look at it. */
export interface Wall {
  /** UTC, RFC 3339 with milliseconds: the timestamp of test.v1 records. */
  nowIso(): string;
  /** Milliseconds since 1970, whole. */
  nowMs(): number;
  /** Milliseconds from an unspecified start, with a fraction, that never fall: for durations. */
  monotonicMs(): number;
  /** A seed from 0 to 2^32 - 1, for `--seed random`. */
  randomSeed(): number;
  /** Unpredictable bytes, for fresh tokens. */
  randomBytes(count: number): Uint8Array<ArrayBuffer>;
  /** Lets the event loop take a turn: long synchronous work calls it so that signals are seen (BUN.md). */
  yieldToEvents(): Promise<void>;
  /** Resolves after so many milliseconds; does not keep the process alive. */
  pause(ms: number): Promise<void>;
}

/** The wall clock and the entropy of this machine. */
export const wall: Wall = {
  nowIso: () => new Date().toISOString(),
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  randomSeed: () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  yieldToEvents: () => new Promise((resolve) => setImmediate(resolve)),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
};
