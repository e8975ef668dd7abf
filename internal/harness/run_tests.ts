import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExitCode } from "../diag/mod.ts";
import type { Wall } from "../world/mod.ts";
import { Artifacts } from "./artifacts.ts";
import { execute } from "./execute.ts";
import { GoldenFiles } from "./golden_files.ts";
import type { CaseOptions, TestOptions } from "./options.ts";
import { type Plan, type PlannedCase, planTests } from "./plan.ts";
import { RecordedLogs } from "./recorded_logs.ts";
import { runsFlows } from "./scenario_run/mod.ts";
import { Stream, type TestSink } from "./stream.ts";

/** Says when a run has to stop: the exit code of the signal that came, if one did. */
export type Interrupted = () => ExitCode | undefined;

/**
 * Runs the tests of `options.paths` and reports them to `sink`: one test.v1 stream in stable order, whatever
 * `options.parallel` is. Returns the exit code. Throws a PathError for a bad PATH, before anything was reported.
 */
export async function runTests(
  options: TestOptions,
  sink: TestSink,
  wall: Wall,
  interrupted: Interrupted = () => undefined,
): Promise<ExitCode> {
  const stream = new Stream(sink, options, wall);
  const plan = await planTests(options, wall);
  stream.start(plan);
  const kept = { artifacts: new Artifacts(options.artifacts), logs: new RecordedLogs(options.recordDir) };
  const next = await runPlanned(plan, options, stream, kept, wall, interrupted);
  const reason = interrupted() === undefined ? "failfast" : "interrupted";
  for (const planned of plan.cases.slice(next)) stream.skip(planned, reason);
  const unwritten = [...kept.artifacts.write(), ...kept.logs.failures()];
  return stream.end([...plan.warnings, ...unwritten], interrupted());
}

/** Runs the cases of a plan until the end, a failure with `--failfast`, or a signal; says which case comes next. */
async function runPlanned(
  plan: Plan,
  options: TestOptions,
  stream: Stream,
  kept: { readonly artifacts: Artifacts; readonly logs: RecordedLogs },
  wall: Wall,
  interrupted: Interrupted,
): Promise<number> {
  const { cases } = plan;
  const scratch = new Scratch(cases);
  const { specSets } = plan;
  const how = { cases: caseOptions(options, plan, scratch.dir), specSets, parallel: options.parallel, wall };
  const outcomes = execute(cases, how);
  const goldens = new GoldenFiles();
  let next = 0;
  try {
    for await (const chunk of outcomes) {
      for (const outcome of chunk) {
        const planned = cases[next];
        if (planned === undefined) throw new Error("more outcomes than cases");
        next += 1;
        kept.artifacts.add(planned, outcome);
        kept.logs.add(planned, outcome);
        if (stream.outcome(planned, goldens.settle(outcome)) === "failed" && options.failfast) return next;
      }
      if (interrupted() !== undefined) return next;
    }
    return next;
  } finally {
    scratch.remove();
  }
}

/** The folder for scratch copies of a run; made only if a case has an `rw` fixture, removed also when the process exits. */
class Scratch {
  readonly dir: string;

  constructor(cases: readonly PlannedCase[]) {
    const needed = cases.some(({ writesFiles }) => writesFiles);
    this.dir = needed ? makeScratch() : "";
    if (needed) process.once("exit", this.remove);
  }

  readonly remove = (): void => {
    if (this.dir === "") return;
    rmSync(this.dir, { recursive: true, force: true });
    process.off("exit", this.remove);
  };
}

/** Without a folder for temporary files the cases that need one say so, each in its verdict; the others run. */
function makeScratch(): string {
  const prefix = join(tmpdir(), "plumb-");
  try {
    return mkdtempSync(prefix);
  } catch {
    return `${prefix}missing`;
  }
}

function caseOptions(options: TestOptions, { cases, plugins }: Plan, scratchDir: string): CaseOptions {
  const { root, seed, timeoutMs, strict, update, logSteps, openModules, watchdogMs, artifacts } = options;
  const { verbose, kvMetrics, kvDump, kvEvents } = artifacts;
  return {
    root,
    seed,
    timeoutMs,
    strict,
    update,
    logSteps,
    openModules,
    watchdogMs,
    kvEvents,
    keepStates: verbose || kvMetrics || kvDump || kvEvents,
    plugins,
    runsFlows: cases.some(({ body }) => body.kind === "scenario" && runsFlows(body.spec)),
    record: options.recordDir !== undefined,
    scratchDir,
    keepScratch: verbose,
  };
}
