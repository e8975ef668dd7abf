// The conformance suite for executors (flows §16): checks that hold a REP executor to one rule each, over stdio, TCP and serial lines.
export type { Level } from "./check.ts";
export {
  type CheckExecutorOptions,
  checkExecutor,
  chosenChecks,
  judgeExecutor,
  NoSuchCheck,
} from "./check_executor.ts";
export { CHECKS } from "./checks/mod.ts";
export type { ShownFrame } from "./frame_log.ts";
export { type CheckRecord, CheckRecordSchema, type CheckSummary, CheckSummarySchema } from "./records.ts";
