import { type Diagnostic, diagnostic, type Finding } from "../diag/mod.ts";
import { virtualWorld } from "../world/mod.ts";
import { failure } from "./case_error.ts";
import type { CaseRunner } from "./case_runner.ts";
import type { CaseOutcome, Failure, GoldenWrite, Print } from "./outcome.ts";
import { type Judgement, judgeScenario, RunTrace, ScenarioRun } from "./scenario_run/mod.ts";
import type { ScenarioBody, TestCase } from "./test_case.ts";

/**
 * Runs a case of a scenario on a log of its own and judges it (scenarios.md §7, §8, §10). Yields where the event loop may take a
 * turn.
 */
export function* runScenarioCase(
  { identity: { id, file }, body }: TestCase<ScenarioBody>,
  runner: CaseRunner,
): Generator<undefined, Omit<CaseOutcome, "durationMs">> {
  const { options } = runner;
  const printed = runner.begin();
  const log: string[] = [];
  const run = new ScenarioRun(body.spec, {
    program: runner.programs.of(body.specs),
    handlers: runner.handlers,
    timeoutMs: options.timeoutMs === 0 ? undefined : options.timeoutMs,
    runFlow: runner.flows?.runFlow,
    onEvent: runner.beat,
    rng: virtualWorld({ seed: options.seed, caseId: id }).rng,
    ...(options.logSteps ? { log: (line: string) => void log.push(line) } : {}),
  });
  try {
    yield* run.setupSteps(body.spec.setup);
    yield* run.flowSteps(body.spec.flow);
    const judgement = judgeScenario(run);
    const records = judgement.warnings.map((warning) => diagnostic({ file, ...warning }));
    const warnings = options.strict ? records : [];
    const verdict = verdictOf(judgement, warnings, file);
    return {
      verdict: verdict ?? { status: "pass" },
      findings: [],
      printed: [...printed, ...tracePrint(judgement)],
      records,
      virtualMs: run.virtualMs,
      stores: [],
      emit: false,
      // Once it is written the case passes, so nothing else may be wrong.
      golden: options.update && warnings.length === 0 ? traceWrite(judgement, body, file) : undefined,
      assumed: judgement.assumed === 0 ? undefined : judgement.assumed,
      log: log.length === 0 ? undefined : log,
      eventLog: options.record ? run.store.serialize() : undefined,
    };
  } finally {
    run.close();
  }
}

/** @param warnings that fail the case where nothing else does */
function verdictOf({ findings }: Judgement, warnings: readonly Diagnostic[], file: string): Failure | undefined {
  const [first, ...rest] = findings.map((finding) => diagnostic({ file, ...finding }));
  if (first !== undefined) return { ...failure([first, ...rest], blameOf(first)), error: sentenceOf(first) };
  const [warning, ...others] = warnings;
  return warning === undefined ? undefined : failure([warning, ...others]);
}

/** A golden file that is there and cannot be read is nobody's fault but the machine's. */
function blameOf({ code }: Diagnostic): Failure["blame"] {
  return code === "E_GOLDEN_READ" ? "environment" : "subject";
}

/** One sentence on a finding whose message has several lines (cli.md, test.v1). */
function sentenceOf({ message }: Diagnostic): string {
  const [head = "", ...lines] = message.split("\n");
  const actual = lines.find((line) => line.startsWith("  actual: "));
  return actual === undefined ? head : `${head}: ${actual.slice("  actual: ".length)}`;
}

/** The last events of a case that fails (DESIGN, errors), unless a finding shows them already. */
function tracePrint({ findings, events }: Judgement): Print[] {
  if (findings.length === 0 || findings.some(({ code }) => code === "E_ASSERTION_FAILED")) return [];
  return [{ stream: "stderr", text: `${new RunTrace(events).tail()}\n` }];
}

/** What `--update` writes for a case whose only failure is its golden file. */
function traceWrite({ golden: text }: Judgement, { spec }: ScenarioBody, file: string): GoldenWrite | undefined {
  if (text === undefined) return undefined;
  const { path, shown, pos } = spec.golden;
  const found: Finding = { level: "info", code: "GOLDEN_WRITTEN", message: `wrote ${shown}`, file, pos };
  return { path, text, record: diagnostic(found) };
}
