import type { CheckRecord } from "./records.ts";
import type { Trial } from "./trial.ts";

/** A rule of REP and how an executor is held to it (flows §16). */
export interface Check {
  readonly id: string;
  readonly level: CheckRecord["level"];
  /** What is sent, and what must come of it; with the section of flows that says so. */
  readonly rule: string;
  /** What an author of an executor does about a failure. */
  readonly fix: string;
  /** It is about the process, of which TCP and serial lines show nothing. */
  readonly ofProcess?: boolean;
  /**
   * Tries it.
   * @throws Broken, NotApplicable
   */
  run(trial: Trial): Promise<void>;
}
