import { readFileSync } from "node:fs";
import { realAlarms } from "../world/mod.ts";

/** Whether a process runs. One that has ended and waits for its parent to ask is no more. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return process.platform !== "linux"; // it went just now, or there is no /proc
  }
}

/** Whether a process ends within `ms`. */
export async function isGone(pid: number, ms = 5000): Promise<boolean> {
  const until = realAlarms.monotonicMs() + ms;
  while (isAlive(pid)) {
    if (realAlarms.monotonicMs() > until) return false;
    await new Promise<void>((resolve) => realAlarms.after(5, resolve));
  }
  return true;
}
