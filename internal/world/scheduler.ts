/** Runs tasks at their time. What is due together runs by priority (the smallest first), then in order of insertion. */
export interface Scheduler {
  /** Runs `task` at `time`, in the milliseconds of the world's clock. */
  at(time: number, priority: number, task: () => void): void;
}
