import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnostic, errorText } from "../diag/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import { ArtifactNames, safeName } from "./artifact_name.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { PlannedCase } from "./plan.ts";

/** Keeps the event log of each scenario case as `DIR/<safe id>.db` (cli.md, `--record`). Cases come in stable order. */
export class RecordedLogs {
  readonly #dir: string | undefined;
  readonly #names = new ArtifactNames();
  #failure: Diagnostic | undefined;

  /** @param dir undefined: nothing is kept */
  constructor(dir: string | undefined) {
    this.#dir = dir;
  }

  add({ identity }: PlannedCase, { eventLog }: CaseOutcome): void {
    if (this.#dir === undefined || eventLog === undefined) return;
    const name = `${this.#names.claim(safeName(identity.id))}.db`;
    // One finding is enough where every file fails for the same reason.
    if (this.#failure !== undefined) return;
    try {
      const path = join(this.#dir, name);
      // What SQLite left beside an older log of this name belongs to that one.
      for (const ending of ["-wal", "-shm"]) rmSync(path + ending, { force: true });
      writeAtomically(path, eventLog);
    } catch (error) {
      const message = `event logs cannot be written below ${this.#dir}: ${plainReason(this.#dir, name) ?? errorText(error)}`;
      this.#failure = diagnostic({ code: "E_ARTIFACT_WRITE", message });
    }
  }

  /** What could not be kept. */
  failures(): readonly Diagnostic[] {
    return this.#failure === undefined ? [] : [this.#failure];
  }
}

/** What is in the way, where it is something that the system's own words do not tell. */
function plainReason(dir: string, name: string): string | undefined {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() === false) return "it is no folder";
  return statSync(join(dir, name), { throwIfNoEntry: false })?.isDirectory() ? `${name} is a folder` : undefined;
}
