// The event log on SQLite (scenarios §5, §6): its schema and migration, in memory and durable, writes in units that share
// commits, the writer lock, and reading, each list in its one order.
export { completionEvent } from "./completion_event.ts";
export { type CrashPoint, readCrashPoint } from "./crash_at.ts";
export type { LoggedRoot } from "./engine_queries.ts";
export { encodeBindings, hashedBindings } from "./log_ids.ts";
export { type FoundEvent, type LoggedFlow, LogReader, syncName } from "./log_reader.ts";
export { LOG_COLUMNS, LOG_NAMES } from "./log_schema.ts";
export {
  type OpenedReader,
  type OpenOptions,
  openReader,
  openStore,
  openTemplate,
  storeTemplate,
} from "./open_store.ts";
export { ReplaySource } from "./replay_source.ts";
export type {
  Assumed,
  EncodedBindings,
  LoggedCompletion,
  LoggedInvocation,
  StrictObject,
} from "./rows.ts";
export type { StateTable } from "./state_tables.ts";
export { Statements } from "./statements.ts";
export { Store, type StoreOptions } from "./store.ts";
export { guarded, isStoreFault, StoreError } from "./store_error.ts";
export { sameEvent, sameFiring, type WriteObserver, type WrittenEvent, type WrittenFiring } from "./written_event.ts";
