// The engine of concepts and syncs (scenarios.md §3–§5): a checked spec set made ready to run, the loop over the event log that
// completes invocations and fires syncs in atomic units, recovery, and replay. Synchronous; time, ticks and handlers are given.
export { checkRoot } from "./check_root.ts";
export { Engine, type EngineOptions } from "./engine.ts";
export { HandlerHang } from "./handler_hang.ts";
export type { DbRow, HandlerAnswer, HandlerCall, HandlerDb, Handlers } from "./handlers.ts";
export { valueAt } from "./match.ts";
export { NO_HANDLERS } from "./no_handlers.ts";
export type {
  EngineObserver,
  Failed,
  GivenAnswer,
  Outcome,
  Root,
} from "./outcome.ts";
export { Program } from "./program.ts";
export { type ReplayOptions, type ReplayResult, replay } from "./replay.ts";
export { type EnqueuedInvocation, SyncEngine, type SyncEngineOptions } from "./sync_engine.ts";
