// What the package exports as `plumb`: what people write against. So far that are the types of TypeScript workers (pipelines §4)
// and of handlers (scenarios §3); at run time their modules get everything they need with their context. Builders for tests are
// `plumb/testutil`.
export type { Json } from "../value/mod.ts";
export type {
  Handler,
  HandlerAnswer,
  HandlerContext,
  HandlerDb,
  HandlerParams,
  HandlerRow,
  HandlerValue,
} from "./handler_types.ts";
export type { WorkerContext, WorkerError, WorkerEvent, WorkerFunction, WorkerState } from "./worker_types.ts";
