import { relative } from "node:path";
import { type Diagnostic, type ErrorRecord, EXIT, type ExitCode, worstExit } from "../diag/mod.ts";
import type { Wall } from "../world/mod.ts";
import type { TestOptions } from "./options.ts";
import type { CaseOutcome, Failure } from "./outcome.ts";
import type { Plan, PlannedCase } from "./plan.ts";
import { PrincipleTally } from "./principles.ts";
import type { StreamRecord, TestEnd, TestOutput, TestStart, Totals } from "./records.ts";
import { reproCommand } from "./repro.ts";
import type { TestCase } from "./test_case.ts";

/**
 * Where the stream goes: its records in order, the lines of the default error pipeline, each right after its case, and with
 * `-v` the steps of scenarios.
 */
export interface TestSink {
  record(record: StreamRecord): void;
  error(line: ErrorRecord): void;
  /** The steps and firings of a case, in its place: whole lines. */
  log?(text: string): void;
  /** For the API and for tests: everything that a finished case left, right before its `test_end`. */
  outcome?(id: string, outcome: CaseOutcome): void;
}

/** Makes the test.v1 stream of a run (cli.md): call `start`, then `outcome` or `skip` for every case in order, then `end`. */
export class Stream {
  readonly #sink: TestSink;
  readonly #options: TestOptions;
  readonly #wall: Wall;
  readonly #startMs: number;
  readonly #totals = { pass: 0, fail: 0, skip: 0, known: 0, stale: 0, assumed: 0 };
  #principles: PrincipleTally | undefined;
  readonly #exits = new Set<ExitCode>();
  /** Pragma findings of the present file that were emitted, by place and code. */
  #emitted: { readonly file: string; readonly findings: Set<string> } = { file: "", findings: new Set() };

  constructor(sink: TestSink, options: TestOptions, wall: Wall) {
    this.#sink = sink;
    this.#options = options;
    this.#wall = wall;
    this.#startMs = wall.monotonicMs();
  }

  start(plan: Plan): void {
    const options = this.#options;
    this.#sink.record({
      schema: "test.v1",
      type: "run_start",
      timestamp: this.#wall.nowIso(),
      version: options.version,
      root: relative(options.cwd, options.root) || ".",
      paths: [...options.paths],
      engine: options.engine,
      seed: options.seed,
      // Not `options.parallel`: nothing in a stream may depend on it.
      parallel: options.cores,
      timeout_ms: options.timeoutMs,
      failfast: options.failfast,
      run: options.run?.source ?? "",
      cases: plan.cases.length,
    });
    for (const error of plan.loadErrors) this.#sink.record(error);
    if (plan.loadErrors.length > 0) this.#exits.add(EXIT.usage);
    const { principles, scenarioCases } = plan;
    if (principles !== undefined) this.#principles = new PrincipleTally(principles, scenarioCases);
    if (plan.cases.length === 0 && options.noTests === "fail") this.#exits.add(EXIT.noTests);
  }

  /** Reports a finished case; says whether it is a failure that `--failfast` stops at. */
  outcome(planned: PlannedCase, outcome: CaseOutcome): "failed" | "went on" {
    const { verdict } = outcome;
    const { log, assumed } = outcome;
    this.#begin(planned, outcome.findings);
    if (log !== undefined) this.#sink.log?.(log.map((line) => `${line}\n`).join(""));
    for (const { stream, text } of outcome.printed) this.#print(planned.identity.id, stream, text);
    for (const record of outcome.records) this.#sink.record(record);
    this.#sink.outcome?.(planned.identity.id, outcome);
    const failed = verdict.status === "fail";
    const known = failed && planned.knownFailing;
    const stale = verdict.status === "pass" && planned.knownFailing;
    this.#sink.record({
      ...this.#endOf(planned, verdict.status, outcome),
      ...(verdict.status === "skip" ? { reason: verdict.reason } : {}),
      ...(assumed === undefined ? {} : { assumed }),
      ...principleOf(planned),
      ...(failed ? this.#failureOf(planned, verdict) : {}),
      ...(known ? { known: true as const } : {}),
      ...(stale ? { stale: true as const } : {}),
    });
    this.#totals.assumed += assumed ?? 0;
    this.#principles?.ended(planned.source.path, verdict.status);
    if (known) this.#totals.known += 1;
    else this.#totals[verdict.status] += 1;
    if (stale) this.#totals.stale += 1;
    // A bug of plumb is never a known failure of the case.
    if (failed && (!known || verdict.exit !== undefined)) this.#exits.add(verdict.exit ?? EXIT.failure);
    if (stale) this.#exits.add(EXIT.failure);
    if (outcome.errorLine !== undefined) this.#sink.error(outcome.errorLine);
    return failed && !known ? "failed" : "went on";
  }

  /** Reports a case that was not run, or whose outcome does not count. */
  skip(planned: PlannedCase, reason: string): void {
    this.#begin(planned, []);
    this.#sink.record({
      ...this.#endOf(planned, "skip", { durationMs: 0, virtualMs: 0 }),
      reason,
      ...principleOf(planned),
    });
    this.#totals.skip += 1;
  }

  /**
   * Ends the stream; nothing follows. `findings` belong to no case: warnings, and what could not be written. `interrupted`
   * is the exit code of a signal.
   */
  end(findings: readonly Diagnostic[], interrupted: ExitCode | undefined): ExitCode {
    for (const finding of findings) this.#sink.record(finding);
    const failing = findings.some(({ level }) => level === "error" || (level === "warn" && this.#options.strict));
    if (failing) this.#exits.add(EXIT.failure);
    if (interrupted !== undefined) this.#exits.add(interrupted);
    const { pass, fail, skip, known, stale, assumed } = this.#totals;
    const principles = this.#principles?.totals();
    const totals: Totals = {
      pass,
      fail,
      skip,
      cases: pass + fail + skip + known,
      ...(this.#options.knownFailing === undefined ? {} : { known, stale }),
      ...(assumed === 0 ? {} : { assumed }),
      ...(principles === undefined ? {} : { principles }),
    };
    const { code, name } = worstExit(this.#exits);
    this.#sink.record({
      schema: "test.v1",
      type: "run_end",
      timestamp: this.#wall.nowIso(),
      duration_ms: Math.round(this.#wall.monotonicMs() - this.#startMs),
      totals,
      ok: code === EXIT.ok.code,
      exit: { code, name },
    });
    return worstExit(this.#exits);
  }

  #begin(planned: PlannedCase, findings: readonly Diagnostic[]): void {
    this.#sink.record(testStart(planned, this.#wall));
    const { file } = planned.identity;
    if (this.#emitted.file !== file) this.#emitted = { file, findings: new Set() };
    for (const finding of findings) {
      const key = `${finding.file} ${finding.pos?.offset} ${finding.code}`;
      if (this.#emitted.findings.has(key)) continue;
      this.#emitted.findings.add(key);
      this.#sink.record(finding);
    }
  }

  #print(id: string, stream: TestOutput["stream"], text: string): void {
    const timestamp = this.#wall.nowIso();
    this.#sink.record({ schema: "test.v1", type: "test_output", timestamp, id, stream, text });
  }

  #endOf(
    planned: PlannedCase,
    status: TestEnd["status"],
    { durationMs, virtualMs }: Pick<CaseOutcome, "durationMs" | "virtualMs">,
  ): TestEnd {
    const { id, package: pkg, name, file } = planned.identity;
    return {
      schema: "test.v1",
      type: "test_end",
      timestamp: this.#wall.nowIso(),
      id,
      package: pkg,
      name,
      case: planned.identity.case,
      file,
      status,
      ok: status !== "fail" || planned.knownFailing,
      skipped: status === "skip",
      duration_ms: durationMs,
      virtual_ms: virtualMs,
    };
  }

  #failureOf(planned: PlannedCase, { error, code, blame, diagnostics }: Failure): Partial<TestEnd> {
    const repro = reproCommand(planned.source, planned.identity.id, this.#options);
    return { error, code, blame, diagnostics: [...diagnostics], repro };
  }
}

/** The `test_start` record of a case; `--list --json` prints these alone. */
export function testStart({ identity }: Pick<TestCase, "identity">, wall: Wall): TestStart {
  const { id, package: pkg, name, file, line, kind } = identity;
  return {
    schema: "test.v1",
    type: "test_start",
    timestamp: wall.nowIso(),
    id,
    package: pkg,
    name,
    case: identity.case,
    file,
    line,
    kind,
    ...(identity.principle === undefined ? {} : { principle: { ...identity.principle } }),
  };
}

function principleOf({ identity: { principle } }: Pick<TestCase, "identity">): Pick<TestEnd, "principle"> {
  return principle === undefined ? {} : { principle: { ...principle } };
}
