/** Where a writer kills itself, for tests of recovery (scenarios §5, crash). */
export interface CrashPoint {
  readonly when: "before" | "after";
  /** The commit, from 1. */
  readonly commit: number;
}

/** Reads `before:N` or `after:N`; undefined: the text is neither. */
export function readCrashPoint(text: string): CrashPoint | undefined {
  const [, when, commit] = /^(before|after):([1-9]\d{0,8})$/.exec(text) ?? [];
  if (when !== "before" && when !== "after") return undefined;
  return { when, commit: Number(commit) };
}

/** Ends this process as nothing can prevent, with no chance to clean up. */
export function killSelf(): void {
  process.kill(process.pid, "SIGKILL");
}
