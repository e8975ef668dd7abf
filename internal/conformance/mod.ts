// The conformance suite for executors (flows §16): checks that hold a REP executor to one rule each, over stdio, TCP and serial lines.
export {
  type CheckExecutorOptions,
  checkExecutor,
  judgeExecutor,
  NoSuchCheck,
} from "./check_executor.ts";
export { CHECKS } from "./checks/mod.ts";
export { type CheckRecord, CheckRecordSchema, type CheckSummary, CheckSummarySchema } from "./records.ts";
