// What the package exports as `plumb`: what people write against. So far that are the types of TypeScript workers (pipelines §4);
// at run time a worker module gets everything it needs with its context. Builders for tests are `plumb/testutil`.
export type { Json } from "../value/mod.ts";
export type { WorkerContext, WorkerError, WorkerEvent, WorkerFunction, WorkerState } from "./worker_types.ts";
