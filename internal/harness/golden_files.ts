import { diagnostic, errorText } from "../diag/mod.ts";
import { writeAtomically } from "../files/mod.ts";
import { failure } from "./case_error.ts";
import type { CaseOutcome } from "./outcome.ts";

/** Writes the golden files of a run. Two cases that want different texts in one file cannot both be right. */
export class GoldenFiles {
  readonly #written = new Map<string, string>();

  /** Writes the golden file of an outcome, if it has one; the outcome that then counts. */
  settle(outcome: CaseOutcome): CaseOutcome {
    const { golden } = outcome;
    if (golden === undefined) return outcome;
    const before = this.#written.get(golden.path);
    if (before !== undefined && before !== golden.text) return outcome;
    try {
      writeAtomically(golden.path, golden.text);
    } catch (error) {
      const message = `the golden file cannot be written: ${errorText(error)}`;
      const { file, pos, timestamp } = golden.record;
      const found = { ...diagnostic({ code: "E_GOLDEN_WRITE", message, file, pos }), timestamp };
      return { ...outcome, verdict: failure([found], "environment") };
    }
    this.#written.set(golden.path, golden.text);
    return { ...outcome, verdict: { status: "pass" }, records: [...outcome.records, golden.record] };
  }
}
