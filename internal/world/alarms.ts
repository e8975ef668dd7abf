import { wall } from "./wall.ts";

/** Real time that calls back: what talks to other processes sets deadlines by it. */
export interface Alarms {
  /** Milliseconds from an unspecified start, with a fraction, that never fall. */
  monotonicMs(): number;
  /** UTC, RFC 3339 with milliseconds. */
  nowIso(): string;
  /** Calls `task` once, not before `ms` milliseconds have passed; what it returns takes that back. */
  after(ms: number, task: () => void): () => void;
}

/** The time of this machine. */
export const realAlarms: Alarms = {
  monotonicMs: wall.monotonicMs,
  nowIso: wall.nowIso,
  after(ms, task) {
    const timer = setTimeout(task, Math.max(0, ms));
    return () => clearTimeout(timer);
  },
};
