import { expect, test } from "bun:test";
import { join } from "node:path";
import { wall } from "../world/mod.ts";
import { execute } from "./execute.ts";
import type { CaseOptions, TestOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import { planTests } from "./plan.ts";

const TREE = join(import.meta.dir, "../../testdata");

const options: TestOptions = {
  cwd: TREE,
  root: TREE,
  paths: ["."],
  version: "0.0.0",
  engine: "local",
  run: /\.scenario\.yaml::/,
  seed: 42,
  timeoutMs: 0,
  parallel: 1,
  cores: 2,
  failfast: false,
  strict: false,
  update: false,
  logSteps: true,
  openModules: false,
  plugins: [],
  watchdogMs: 10_000,
  noTests: "fail",
  artifacts: { dir: "", verbose: false, kvMetrics: false, kvDump: false, kvEvents: false },
};

const cases: CaseOptions = {
  ...options,
  plugins: [],
  kvEvents: false,
  record: true,
  keepStates: false,
  scratchDir: "",
  keepScratch: false,
  runsFlows: false,
};

test("two runs of every scenario in the tree leave the same bytes, in this thread and in others", async () => {
  const plan = await planTests(options, wall);
  expect(plan.loadErrors).toEqual([]);
  const outcomesOf = async (parallel: number): Promise<CaseOutcome[]> => {
    const { specSets } = plan;
    const all: CaseOutcome[] = [];
    // Every thread gets something, however fast the cases are.
    const how = { cases, specSets, parallel, wall, warmUpMs: 0, worthACaseMs: 0 };
    for await (const outcomes of execute(plan.cases, how)) all.push(...outcomes);
    return all.map((outcome) => ({ ...outcome, durationMs: 0 }));
  };
  const here = await outcomesOf(1);
  expect(here.length).toBeGreaterThan(4);
  expect(here.filter(({ verdict }) => verdict.status !== "pass")).toEqual([]);
  expect(here.every(({ eventLog, log }) => (eventLog?.length ?? 0) > 0 && (log?.length ?? 0) > 0)).toBe(true);
  expect(await outcomesOf(1)).toEqual(here);
  expect(await outcomesOf(3)).toEqual(here);
});
