import type { ErrorRecord } from "../diag/mod.ts";
import { type CaseOutcome, type Interrupted, runTests, type StreamRecord, type TestOptions } from "../harness/mod.ts";
import { fixedWall } from "../world/mod.ts";

/** Everything a run in this process left. */
export interface CollectedRun {
  readonly records: readonly StreamRecord[];
  readonly errors: readonly ErrorRecord[];
  readonly outcomes: ReadonlyMap<string, CaseOutcome>;
  readonly exit: number;
}

/** Runs the tests of a folder in this process, at a fixed wall time, and collects what is reported. */
export async function collectRun(
  cwd: string,
  options: Partial<Omit<TestOptions, "artifacts">> & { readonly kvEvents?: boolean } = {},
  interrupted?: Interrupted,
): Promise<CollectedRun> {
  const { kvEvents, ...rest } = options;
  const records: StreamRecord[] = [];
  const errors: ErrorRecord[] = [];
  const outcomes = new Map<string, CaseOutcome>();
  const sink = {
    record: (record: StreamRecord) => void records.push(record),
    error: (line: ErrorRecord) => void errors.push(line),
    outcome: (id: string, outcome: CaseOutcome) => void outcomes.set(id, outcome),
  };
  const all: TestOptions = {
    cwd,
    root: cwd,
    paths: ["."],
    version: "0.0.0",
    engine: "local",
    seed: 42,
    timeoutMs: 0,
    parallel: 1,
    cores: 2,
    failfast: false,
    strict: false,
    update: false,
    logSteps: false,
    openModules: false,
    plugins: [],
    watchdogMs: 10_000,
    noTests: "fail",
    artifacts: {
      dir: `${cwd}/build/test`,
      verbose: false,
      kvMetrics: false,
      kvDump: false,
      kvEvents: kvEvents ?? false,
    },
    ...rest,
  };
  const exit = await runTests(all, sink, fixedWall(), interrupted);
  return { records, errors, outcomes, exit: exit.code };
}
