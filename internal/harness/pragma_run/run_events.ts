import { type Diagnostic, diagnostic, type Finding } from "../../diag/mod.ts";
import type { Registry } from "../../kvstore/mod.ts";
import type { Hop } from "../../pipeline/mod.ts";
import type { Json } from "../../value/mod.ts";
import { virtualWorld } from "../../world/mod.ts";
import { failure } from "../case_error.ts";
import type { CaseRunner } from "../case_runner.ts";
import type { CaseOutcome, Failure } from "../outcome.ts";
import type { KnownSource } from "../packages.ts";
import type { PragmaBody, TestCase } from "../test_case.ts";
import type { ExpectedOutput } from "./case_input.ts";
import { lineOfRun } from "./error_line.ts";
import { FixtureFiles } from "./fixture_files.ts";
import type { EventRun } from "./identity_run.ts";
import { judgeErrors, judgeOutput, judgeStore } from "./judge_run.ts";
import { judgeWarnings, pipelineWarning } from "./judge_warnings.ts";
import { kvRecords } from "./kv_records.ts";
import { outputWrite } from "./output_write.ts";
import type { Prepared } from "./prepare.ts";
import { runPipeline } from "./run_pipeline.ts";
import { actOnStore, fillStores, readStores, type SharedStores } from "./stores.ts";

/** Runs the events of a case through its pipeline and judges what came of it, in the order of ami-tests §5. */
export function* runEvents(
  testCase: TestCase<PragmaBody>,
  prepared: Prepared,
  known: KnownSource,
  shared: SharedStores,
  scratch: string | undefined,
  runner: CaseRunner,
): Generator<undefined, Omit<CaseOutcome, "durationMs">> {
  const { identity, body } = testCase;
  const { spec } = body;
  const { runtime, kv } = spec;
  const { options } = runner;
  const { file } = identity;
  const { input, expected, fixtures } = prepared;
  const world = virtualWorld({ seed: options.seed, caseId: identity.id });
  const registry = shared.registry(world.clock);
  let emit = runtime?.emit === true || kv.some((line) => line.emit);
  fillStores(registry, kv);
  const name = runtime?.pipeline?.value ?? "";
  const printed = runner.begin();
  const result = yield* runPipeline({
    graph: known.pipelines.get(name),
    name,
    world,
    stores: registry,
    arrivals: input.arrivals,
    limitMs: runtime?.timeoutMs || options.timeoutMs,
    strict: options.strict,
    files: (folder) => new FixtureFiles(fixtures, folder, scratch),
    onKv(action) {
      emit ||= action.emit;
      actOnStore(registry, action);
    },
  });
  readStores(registry, kv);

  const { outputs } = result;
  const output: Json = input.single && outputs.length === 1 ? (outputs[0] ?? null) : [...outputs];
  const warning = pipelineWarning(spec, known.names);
  const warnings = [...(warning === undefined ? [] : [diagnostic({ file, ...warning })]), ...known.warnings];
  const judged = judge(testCase, result, output, expected, registry);
  const strict = judgeWarnings(spec, warnings, options.strict);
  const missing = expected !== undefined && expected.value === undefined ? missingGolden(expected, file) : undefined;
  const verdict = missing ?? judged.errors ?? judged.outputs ?? judged.stores ?? strict;
  // A golden file is written only where nothing else is wrong.
  const isAlone = (judged.errors ?? judged.stores ?? strict) === undefined && (missing ?? judged.outputs) !== undefined;
  const golden =
    options.update && isAlone && expected !== undefined ? outputWrite(expected, output, file, result.endMs) : undefined;

  const records: Diagnostic[] = [...warnings];
  // A store may be large; looking at it costs as much.
  const states = emit || options.keepStates ? registry.states() : [];
  if (emit || options.kvEvents) records.push(...kvRecords(file, identity.case, states, result.endMs));
  shared.keep(registry);
  const hops = verdict === undefined ? [] : result.lastHops();
  return {
    verdict: verdict ?? { status: "pass" },
    findings: [],
    printed: hops.length === 0 ? printed : [...printed, { stream: "stderr", text: hopLines(hops) }],
    records,
    errorLine: lineOfRun(result.errors, testCase, runtime?.expectErrors === undefined ? undefined : !judged.errors),
    virtualMs: result.endMs,
    stores: states,
    emit,
    golden,
    run: { output, errors: result.errors.map(({ code }) => code) },
  };
}

interface Judged {
  readonly errors: Failure | undefined;
  readonly outputs: Failure | undefined;
  readonly stores: Failure | undefined;
}

function judge(
  { identity: { file }, body: { spec } }: TestCase<PragmaBody>,
  { errors, endMs }: EventRun,
  output: Json,
  expected: ExpectedOutput | undefined,
  registry: Registry,
): Judged {
  const stores = spec.kv.flatMap(({ ns, expect }) =>
    expect === undefined ? [] : judgeStore(expect.value, ns, (key) => registry.store(ns).peek(key), expect.pos),
  );
  const outputs = expected?.value === undefined ? [] : judgeOutput(expected.value, output, expected.pos);
  return {
    errors: failureOf(judgeErrors(errors, spec.runtime, spec.pos), file, endMs),
    outputs: failureOf(outputs, file, endMs),
    stores: failureOf(stores, file, endMs),
  };
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

function hopLines(hops: readonly Hop[]): string {
  return hops.map((hop) => `${JSON.stringify(hop)}\n`).join("");
}
