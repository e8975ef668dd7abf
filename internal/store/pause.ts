/**
 * The thread sleeps for some milliseconds, while another process holds the writer lock. It is no part of any run's time:
 * nothing has begun yet.
 */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
