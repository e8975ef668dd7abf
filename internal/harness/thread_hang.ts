import { diagnostic } from "../diag/mod.ts";
import { failure } from "./case_error.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { TestCase } from "./test_case.ts";

/** A thread gave no sign of life for too long. */
export class ThreadHang extends Error {
  override readonly name = "ThreadHang";

  constructor(
    /** Which case of its batch it was at. */
    readonly at: number,
    readonly patienceMs: number,
  ) {
    super(`a thread gave no sign of life for ${patienceMs} ms`);
  }

  /** The outcome of the case. A handler that hangs is found by whoever called it: this is SQL. */
  outcome({ identity: { file }, pos }: TestCase): CaseOutcome {
    const message = `a piece of SQL of its specs held its thread for ${this.patienceMs} ms`;
    const data = { help: "a query over itself (WITH) ends where it gives no further row, or by a LIMIT" };
    return {
      verdict: failure([diagnostic({ code: "E_WORKER_HANG", message, file, pos, data })]),
      findings: [],
      printed: [],
      records: [],
      virtualMs: 0,
      durationMs: this.patienceMs,
      stores: [],
      emit: false,
    };
  }
}
