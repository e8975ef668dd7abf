import { type Diagnostic, diagnostic, type Finding } from "../diag/mod.ts";
import type { Json } from "../value/mod.ts";
import { virtualWorld } from "../world/mod.ts";
import { CaseError, failure } from "./case_error.ts";
import type { ExpectedOutput } from "./case_input.ts";
import { lineOfFailure, lineOfRun } from "./error_line.ts";
import { goldenWrite } from "./golden_write.ts";
import { runIdentity } from "./identity_run.ts";
import { judgeDirectives } from "./judge_directives.ts";
import { judgeErrors, judgeOutput, judgeStore } from "./judge_run.ts";
import { emptyCaseWarning, judgeWarnings, pipelineWarning } from "./judge_warnings.ts";
import { kvRecords } from "./kv_records.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome, Failure } from "./outcome.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { withScratch } from "./scratch.ts";
import { actOnStore, fillStores, readStores, type SharedStores } from "./stores.ts";
import type { TestCase } from "./test_case.ts";

type Outcome = Omit<CaseOutcome, "durationMs">;

const NOTHING = { findings: [], records: [], virtualMs: 0, stores: [], emit: false } as const;

/**
 * Runs one case in a world of its own and judges it, in the order of ami-tests §5: skip, pragma errors, fixtures, input,
 * source, errors of the run, output, stores, warnings under `--strict`. Yields where the event loop may take a turn.
 */
export function* runPragmaCase(
  testCase: TestCase,
  shared: SharedStores,
  options: CaseOptions,
): Generator<undefined, Outcome> {
  const { identity, source, body } = testCase;
  const { spec } = body;
  const { findings } = spec;
  if (spec.skip !== undefined) return { ...NOTHING, findings, verdict: { status: "skip", reason: spec.skip } };
  const [first, ...rest] = findings;
  if (first !== undefined) return { ...notRun(failure([first, ...rest]), testCase), findings };
  if (spec.kind === "directive") return runDirectives(testCase, options);
  const prepared = prepare(spec, source.path, identity.file, options);
  if ("status" in prepared) return notRun(prepared, testCase);
  if (source.needsSource) return notRun(unsupported(testCase), testCase);
  try {
    const { result, kept } = yield* withScratch(prepared.fixtures, options, spec.pos, () =>
      runEvents(testCase, prepared, shared, options),
    );
    return { ...result, scratch: kept };
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    return notRun(error.toFailure(identity.file), testCase);
  }
}

function runDirectives(testCase: TestCase, options: CaseOptions): Outcome {
  const { spec } = testCase.body;
  const { file } = testCase.identity;
  if (testCase.source.hasSource) return notRun(unsupported(testCase), testCase);
  const records = spec.bare ? [diagnostic({ file, ...emptyCaseWarning(spec) })] : [];
  const verdict =
    failureOf(judgeDirectives(spec.directives, []), file, 0) ?? judgeWarnings(spec, records, options.strict);
  return { ...NOTHING, records, verdict: verdict ?? { status: "pass" } };
}

function* runEvents(
  testCase: TestCase,
  prepared: Prepared,
  shared: SharedStores,
  options: CaseOptions,
): Generator<undefined, Outcome> {
  const { identity, body } = testCase;
  const { input, expected } = prepared;
  const { spec } = body;
  const { runtime } = spec;
  const { file } = identity;
  const world = virtualWorld({ seed: options.seed, caseId: identity.id });
  const registry = shared.registry(world.clock);
  let emit = runtime?.emit === true || spec.kv.some((line) => line.emit);
  fillStores(registry, spec.kv);
  const limit = runtime?.timeoutMs || options.timeoutMs;
  const run = runIdentity(world, runtime?.pipeline?.value ?? "", input.arrivals, limit, (action) => {
    emit ||= action.emit;
    actOnStore(registry, action);
  });
  readStores(registry, spec.kv);

  const output: Json = input.single && run.outputs.length === 1 ? (run.outputs[0] ?? null) : [...run.outputs];
  const warning = pipelineWarning(spec, new Set());
  const warnings = warning === undefined ? [] : [diagnostic({ file, ...warning })];
  const errorFindings = judgeErrors(run.errors, runtime, spec.pos);
  const outputFindings = expected?.value === undefined ? [] : judgeOutput(expected.value, output, expected.pos);
  const storeFindings = spec.kv.flatMap(({ ns, expect }) =>
    expect === undefined ? [] : judgeStore(expect.value, ns, (key) => registry.store(ns).peek(key), expect.pos),
  );
  const errors = failureOf(errorFindings, file, run.endMs);
  const outputs = failureOf(outputFindings, file, run.endMs);
  const stores = failureOf(storeFindings, file, run.endMs);
  const strict = judgeWarnings(spec, warnings, options.strict);
  const missing = expected !== undefined && expected.value === undefined ? missingGolden(expected, file) : undefined;
  const verdict = missing ?? errors ?? outputs ?? stores ?? strict;
  // A golden file is written only where nothing else is wrong.
  const mayWrite = options.update && (errors ?? stores ?? strict) === undefined && (missing ?? outputs) !== undefined;
  const golden = mayWrite && expected !== undefined ? goldenWrite(expected, output, file, run.endMs) : undefined;

  const records: Diagnostic[] = [...warnings];
  // A store may be large; looking at it costs as much.
  const states = emit || options.keepStates ? registry.states() : [];
  if (emit || options.kvEvents) records.push(...kvRecords(file, identity.case, states, run.endMs));
  shared.keep(registry);
  const held = runtime?.expectErrors === undefined ? undefined : errors === undefined;
  return {
    verdict: verdict ?? { status: "pass" },
    findings: [],
    records,
    errorLine: lineOfRun(run.errors, testCase, held),
    virtualMs: run.endMs,
    stores: states,
    emit,
    golden,
    run: { output, errors: run.errors.map(({ code }) => code) },
  };
}

function notRun(verdict: Failure, testCase: TestCase): Outcome {
  return { ...NOTHING, verdict, errorLine: lineOfFailure(verdict, testCase) };
}

function unsupported({ identity, body }: TestCase): Failure {
  const message = "this case needs .ami source, which this build cannot read yet";
  return failure(
    [diagnostic({ code: "E_PIPELINE_UNSUPPORTED", message, file: identity.file, pos: body.spec.pos })],
    "tool",
  );
}

function failureOf(findings: readonly Finding[], file: string, atMs: number): Failure | undefined {
  const [first, ...rest] = findings.map((finding) => diagnostic({ file, atMs, ...finding }));
  return first === undefined ? undefined : failure([first, ...rest]);
}

/** `--update` goes on without the golden file that it may write; if it may not, the file is missing after all. */
function missingGolden({ golden, pos }: ExpectedOutput, file: string): Failure {
  const message = `fixture ${golden?.name ?? ""} does not exist`;
  return failure([diagnostic({ code: "E_FIXTURE_MISSING", message, file, pos })], "environment");
}
