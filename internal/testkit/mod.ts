// What the project's own tests share: starting plumb from source and as the built binary, running cases in process, the
// rows of the vectors, the steps of the documents. Only tests import it; contributors' helpers are in testutil.
export { tempDir } from "../testutil/mod.ts";
export { cartExample } from "./cart_example.ts";
export { type CollectedRun, collectRun } from "./collect_run.ts";
export { type DocStep, docSteps, runDocSteps } from "./doc_examples.ts";
export { ExecutorScripts } from "./executor_scripts.ts";
export { type HostileOptions, type HostileOutcome, hostileRun } from "./hostile_run.ts";
export { MarkedProcesses } from "./marked_processes.ts";
export { type PragmaRow, pragmaRows, seenCases, seenFindings, visibleCase } from "./pragma_vectors.ts";
export { isAlive, isGone } from "./process_state.ts";
export { ReferenceExecutors } from "./reference_executors.ts";
export { type Finished, jsonLines, oneTarget, runPlumb, startPlumb, type Target, targets } from "./run_plumb.ts";
export { type EdgeSpec, type NodeSpec, sampleIr, sampleSwitch } from "./sample_flow.ts";
export { tempFiles, writeFiles } from "./temp_files.ts";
