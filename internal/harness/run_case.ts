import { type Diagnostic, diagnostic, type Finding } from "../diag/mod.ts";
import { kvRecords } from "../kvstore/mod.ts";
import type { Json } from "../value/mod.ts";
import { virtualWorld } from "../world/mod.ts";
import { failure } from "./case_error.ts";
import { lineOfFailure, lineOfRun } from "./error_line.ts";
import type { CaseFile } from "./file_loader.ts";
import { goldenWrite } from "./golden_write.ts";
import { runIdentity } from "./identity_run.ts";
import { judgeDirectives } from "./judge_directives.ts";
import { judgeErrors, judgeOutput, judgeStore } from "./judge_run.ts";
import { emptyCaseWarning, judgeWarnings, pipelineWarning } from "./judge_warnings.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome, Failure } from "./outcome.ts";
import type { CaseSpec } from "./pragma/mod.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { withScratch } from "./scratch.ts";
import { actOnStore, fillStores, readStores, type SharedStores } from "./stores.ts";

type Outcome = Omit<CaseOutcome, "durationMs">;

const NOTHING = { findings: [], records: [], virtualMs: 0, stores: [], emit: false } as const;

/**
 * Runs one case in a world of its own and judges it, in the order of ami-tests §5: skip, pragma errors, fixtures, input,
 * source, errors of the run, output, stores, warnings under `--strict`.
 */
export function runCase(caseFile: CaseFile, spec: CaseSpec, shared: SharedStores, options: CaseOptions): Outcome {
  const { findings } = spec;
  if (spec.skip !== undefined) return { ...NOTHING, findings, verdict: { status: "skip", reason: spec.skip } };
  const [first, ...rest] = findings;
  if (first !== undefined) return { ...notRun(failure([first, ...rest]), caseFile, spec), findings };
  if (spec.kind === "directive") return runDirectives(caseFile, spec, options);
  const { file } = caseFile;
  const prepared = prepare(spec, caseFile.path, file, options);
  if ("status" in prepared) return notRun(prepared, caseFile, spec);
  if (caseFile.needsSource) return notRun(unsupported(caseFile, spec), caseFile, spec);
  const { result, kept } = withScratch(prepared.fixtures, options, () =>
    runEvents(file, spec, prepared, shared, options),
  );
  return { ...result, scratch: kept };
}

function runDirectives(caseFile: CaseFile, spec: CaseSpec, options: CaseOptions): Outcome {
  const { file } = caseFile;
  if (caseFile.hasSource) return notRun(unsupported(caseFile, spec), caseFile, spec);
  const records = spec.bare ? [diagnostic({ file, ...emptyCaseWarning(spec) })] : [];
  const verdict =
    failureOf(judgeDirectives(spec.directives, []), file, 0) ?? judgeWarnings(spec, records, options.strict);
  return { ...NOTHING, records, verdict: verdict ?? { status: "pass" } };
}

function runEvents(
  file: string,
  spec: CaseSpec,
  prepared: Prepared,
  shared: SharedStores,
  options: CaseOptions,
): Outcome {
  const { input, expected } = prepared;
  const { runtime } = spec;
  const world = virtualWorld({ seed: options.seed, caseId: `${file}::${spec.case}` });
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
  const writesGolden = options.update && errors === undefined && stores === undefined && strict === undefined;
  const golden =
    writesGolden && expected !== undefined ? goldenWrite(expected, output, outputs !== undefined) : undefined;

  const records: Diagnostic[] = [...warnings];
  if (golden !== undefined) records.push(goldenRecord(golden.name, file, expected?.pos, run.endMs));
  const states = registry.states();
  if (emit || options.kvEvents) records.push(...kvRecords(file, spec.case, states, run.endMs));
  shared.keep(registry);
  const held = runtime?.expectErrors === undefined ? undefined : errors === undefined;
  return {
    verdict: errors ?? (golden === undefined ? outputs : undefined) ?? stores ?? strict ?? { status: "pass" },
    findings: [],
    records,
    errorLine: lineOfRun(run.errors, spec, file, held),
    virtualMs: run.endMs,
    stores: states,
    emit,
    golden,
    run: { output, errors: run.errors.map(({ code }) => code) },
  };
}

function notRun(verdict: Failure, caseFile: CaseFile, spec: CaseSpec): Outcome {
  return { ...NOTHING, verdict, errorLine: lineOfFailure(verdict, spec, caseFile.file) };
}

function unsupported(caseFile: CaseFile, spec: CaseSpec): Failure {
  const message = "this case needs .ami source, which this build cannot read yet";
  return failure([diagnostic({ code: "E_PIPELINE_UNSUPPORTED", message, file: caseFile.file, pos: spec.pos })], "tool");
}

function failureOf(findings: readonly Finding[], file: string, atMs: number): Failure | undefined {
  const [first, ...rest] = findings.map((finding) => diagnostic({ file, atMs, ...finding }));
  return first === undefined ? undefined : failure([first, ...rest]);
}

function goldenRecord(name: string, file: string, pos: Finding["pos"], atMs: number): Diagnostic {
  return diagnostic({ level: "info", code: "GOLDEN_WRITTEN", message: `wrote ${name}`, file, pos, atMs });
}
