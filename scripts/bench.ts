import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { caseRun } from "./benchmarks/case_run.ts";
import { dslCompile } from "./benchmarks/dsl_compile.ts";
import { durableLog } from "./benchmarks/durable_log.ts";
import { engineRates } from "./benchmarks/engine_rates.ts";
import { executorRates } from "./benchmarks/executor_rates.ts";
import { flowRates } from "./benchmarks/flow_rates.ts";
import type { Measured } from "./benchmarks/measured.ts";
import { pipelineRates } from "./benchmarks/pipeline_rates.ts";
import { pipelineRun } from "./benchmarks/pipeline_run.ts";
import { policyRates } from "./benchmarks/policy_rates.ts";
import { scenarioRates } from "./benchmarks/scenario_rates.ts";
import { startUp } from "./benchmarks/start_up.ts";

// What the project promises, measured. Start-up and cost a node are ratios within this run; throughput and memory are
// absolute, so a busy machine fails them. With words, only the groups of that name run: `scripts/bench pipelines`.

const PLUMB = join(import.meta.dir, "..", "dist", "plumb");

const folder = mkdtempSync(join(tmpdir(), "plumb-bench-"));
const groups: Readonly<Record<string, () => readonly Measured[] | Promise<readonly Measured[]>>> = {
  start: () => startUp(PLUMB, folder),
  cases: () => caseRun(PLUMB, folder),
  run: () => pipelineRun(PLUMB, folder),
  concepts: () => engineRates(folder),
  scenarios: () => scenarioRates(folder),
  durable: () => durableLog(folder),
  policies: () => policyRates(),
  dsl: () => dslCompile(),
  executors: () => executorRates(),
  flows: () => flowRates(),
  // Last, because it grows this process, and what Linux tells of a child's memory includes that of its parent at the fork.
  pipelines: () => pipelineRates(),
};

const wanted = process.argv.slice(2);
let failed = false;
try {
  for (const [name, measure] of Object.entries(groups)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const { name, value, limit, ok } of await measure()) {
      failed ||= !ok;
      await Bun.write(Bun.stdout, `${ok ? "ok  " : "FAIL"} ${name.padEnd(58)} ${value.padStart(14)}   (${limit})\n`);
    }
  }
  process.exitCode = failed ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
