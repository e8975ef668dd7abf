import type { Finding } from "../../diag/mod.ts";
import type { TraceEvent } from "../../trace/mod.ts";
import { CaptureError, fillIn, type ScenarioSpec, settleAssertion } from "../scenario/mod.ts";
import { type Judged, judgeAssertion } from "./judge_assertion.ts";
import { judgeGolden } from "./judge_golden.ts";
import { RunTrace } from "./run_trace.ts";
import type { ScenarioRun } from "./scenario_run.ts";
import { type Row, tableRows } from "./state_rows.ts";

/** What came of a case (scenarios.md §7, §8). */
export interface Judgement {
  /** What does not hold, in order; the messages are the strings of `errors`. None: the case passes. */
  readonly findings: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly events: readonly TraceEvent[];
  /** How many completions were assumed. */
  readonly assumed: number;
  /** The text that `--update` writes to the golden file: only where nothing else is wrong. */
  readonly golden: string | undefined;
}

/**
 * Judges a case whose steps have run: what the steps missed, then the assertions, then the golden file. Changes nothing.
 *
 * @param spec says what is asserted; default: that of the run
 */
export function judgeScenario(run: ScenarioRun, spec: ScenarioSpec = run.spec): Judgement {
  const events = run.events();
  const completions = events.filter((event) => event.type === "completion");
  const assumed = completions.filter((event) => event.assumed === true).length;
  const warnings = [...run.warnings, ...nothingExecuted(spec, assumed, completions.length)];
  const base = { warnings, events, assumed };
  if (!run.isJudgeable) return { ...base, findings: run.findings, golden: undefined };
  const findings = [...run.findings, ...judgeAssertions(run, spec, events)];
  const { finding, update } = judgeGolden(spec, run.flowToken, events);
  if (finding === undefined) return { ...base, findings, golden: undefined };
  return { ...base, findings: [...findings, finding], golden: findings.length === 0 ? update : undefined };
}

function judgeAssertions(run: ScenarioRun, { assertions }: ScenarioSpec, events: readonly TraceEvent[]): Finding[] {
  if (assertions.length === 0) return [];
  const judged: Judged = {
    trace: new RunTrace(events),
    rows: rowsOf(run),
    fill: (late) => fillIn(late, run.captured),
  };
  return assertions.flatMap((written, index) => {
    const { file, pos, type } = written;
    try {
      const assertion = settleAssertion(written, run.captured, run.program);
      const found = judgeAssertion(assertion, index + 1, judged);
      return found === undefined ? [] : [{ file, pos, ...found }];
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      const message = `assertion ${index + 1} (${type}): ${error.code}: ${error.message}`;
      return [{ code: error.code, message, file, pos }];
    }
  });
}

/** Each table is read once. */
function rowsOf({ store, program }: ScenarioRun): (table: string) => readonly Row[] {
  const known = new Map<string, readonly Row[]>();
  return (name) => {
    const rows = known.get(name) ?? tableRows(store.db, name, program.tables);
    known.set(name, rows);
    return rows;
  };
}

function nothingExecuted({ pos }: ScenarioSpec, assumed: number, completions: number): Finding[] {
  if (assumed === 0 || assumed < completions) return [];
  const message = "no body ran in this case: all its completions were assumed";
  return [{ level: "warn", code: "W_SCN_NOTHING_EXECUTED", message, pos }];
}
