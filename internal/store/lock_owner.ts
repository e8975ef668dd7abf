import { readFileSync } from "node:fs";

/** Who holds a writer lock, as its file says. */
export interface LockOwner {
  readonly boot_id: string;
  readonly pid: number;
  /** When the process began, in ticks since the boot: tells it from a later process with the same id. 0: unknown. */
  readonly start: number;
}

/** This process. */
export function thisOwner(): LockOwner {
  return { boot_id: bootId(), pid: process.pid, start: startOf(process.pid) };
}

/** Whether the owner is gone: another boot, no such process, or another one with its id. */
export function isDead(owner: LockOwner): boolean {
  if (owner.boot_id !== bootId()) return true;
  if (!isRunning(owner.pid)) return true;
  const start = startOf(owner.pid);
  return start !== 0 && owner.start !== 0 && start !== owner.start;
}

export function writeOwner({ boot_id, pid, start }: LockOwner): string {
  return `${JSON.stringify({ boot_id, pid, start })}\n`;
}

/**
 * Undefined: the text is not one of ours. `torn`: it is no JSON at all, mostly empty. A lock appears with its whole text, so only
 * a machine that lost its power leaves this, and with it its owner.
 */
export function readOwner(text: string): LockOwner | "torn" | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "torn";
  }
  if (typeof value !== "object" || value === null || !("boot_id" in value) || !("pid" in value)) return undefined;
  const { boot_id, pid } = value;
  const start = "start" in value ? value.start : 0;
  if (typeof boot_id !== "string" || typeof pid !== "number" || typeof start !== "number") return undefined;
  return { boot_id, pid, start };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The same for as long as the machine (or its container's kernel) runs; empty where the system does not say it. */
function bootId(): string {
  return readText("/proc/sys/kernel/random/boot_id").trim();
}

/** Field 22 of /proc/PID/stat, counted behind the name in parentheses, which may hold anything. */
function startOf(pid: number): number {
  const stat = readText(`/proc/${pid}/stat`);
  const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  return Number.isSafeInteger(ticks) ? ticks : 0;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
