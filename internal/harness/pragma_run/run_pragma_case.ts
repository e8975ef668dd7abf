import { type Diagnostic, diagnostic } from "../../diag/mod.ts";
import { CaseError, failure } from "../case_error.ts";
import type { CaseRunner } from "../case_runner.ts";
import type { CaseOutcome, Failure } from "../outcome.ts";
import type { KnownSource } from "../packages.ts";
import type { PragmaBody, TestCase } from "../test_case.ts";
import { lineOfFailure } from "./error_line.ts";
import { judgeDirectives } from "./judge_directives.ts";
import { emptyCaseWarning, judgeWarnings } from "./judge_warnings.ts";
import { prepare } from "./prepare.ts";
import { runEvents } from "./run_events.ts";
import { withScratch } from "./scratch.ts";
import type { SharedStores } from "./stores.ts";

type Outcome = Omit<CaseOutcome, "durationMs">;

const NOTHING = { findings: [], printed: [], records: [], virtualMs: 0, stores: [], emit: false } as const;

/**
 * Runs one case in a world of its own and judges it, in the order of ami-tests §5: skip, pragma errors, fixtures, input,
 * syntax errors, errors of the checks, then what comes of the run. Yields where the event loop may take a turn.
 */
export function* runPragmaCase(
  testCase: TestCase<PragmaBody>,
  shared: SharedStores,
  runner: CaseRunner,
): Generator<undefined, Outcome> {
  const { identity, source, body } = testCase;
  const { spec } = body;
  const { findings } = spec;
  if (spec.skip !== undefined) return { ...NOTHING, findings, verdict: { status: "skip", reason: spec.skip } };
  const [first, ...rest] = findings;
  if (first !== undefined) return { ...notRun(failure([first, ...rest]), testCase), findings };
  const known = runner.packages.of(source);
  if (spec.kind === "directive") return runDirectives(testCase, known, runner.options.strict);
  const prepared = prepare(spec, source.path, identity.file, runner.options);
  if ("status" in prepared) return notRun(prepared, testCase);
  const unfit = sourceFailure(known, spec.runtime?.pipeline?.value);
  if (unfit !== undefined) return notRun(unfit, testCase);
  try {
    const { result, kept } = yield* withScratch(prepared.fixtures, runner.options, spec.pos, (scratch) =>
      runEvents(testCase, prepared, known, shared, scratch, runner),
    );
    return { ...result, scratch: kept };
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    return notRun(error.toFailure(identity.file), testCase);
  }
}

/** Why the source keeps a runtime case from running: a syntax error, or an error of the checks if it names a known pipeline. */
function sourceFailure(known: KnownSource, pipeline: string | undefined): Failure | undefined {
  const isKnown = pipeline !== undefined && known.names.has(pipeline);
  const found = known.fatal[0] ?? (isKnown ? known.errorOf(pipeline) : undefined);
  return found === undefined ? undefined : failure([found], blameOf(found));
}

function runDirectives(testCase: TestCase<PragmaBody>, known: KnownSource, strict: boolean): Outcome {
  const { body, identity, source } = testCase;
  const { spec } = body;
  const { file } = identity;
  const empty = spec.bare && !source.hasSource ? [diagnostic({ file, ...emptyCaseWarning(spec) })] : [];
  const records = [...empty, ...known.warnings];
  const verdict =
    bareFailure(spec.bare, known.own) ?? directiveFailure(testCase, known.own) ?? judgeWarnings(spec, records, strict);
  return { ...NOTHING, records, verdict: verdict ?? { status: "pass" } };
}

/** A case that says nothing asserts that its file has no errors: it fails with the first one (ami-tests §3). */
function bareFailure(bare: boolean, own: readonly Diagnostic[]): Failure | undefined {
  const found = bare ? own.find(({ level }) => level === "error") : undefined;
  return found === undefined ? undefined : failure([found], blameOf(found));
}

function directiveFailure({ body, identity }: TestCase<PragmaBody>, own: readonly Diagnostic[]): Failure | undefined {
  const [first, ...rest] = judgeDirectives(body.spec.directives, own).map((finding) =>
    diagnostic({ file: identity.file, ...finding }),
  );
  return first === undefined ? undefined : failure([first, ...rest]);
}

/** A file that cannot be read is nobody's fault but the machine's. */
function blameOf({ code }: Diagnostic): Failure["blame"] {
  return code === "E_FILE_READ" ? "environment" : "subject";
}

function notRun(verdict: Failure, testCase: TestCase): Outcome {
  return { ...NOTHING, verdict, errorLine: lineOfFailure(verdict, testCase) };
}
