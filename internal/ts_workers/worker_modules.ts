import type { ModuleKind } from "../user_modules/mod.ts";

/** Modules of TypeScript workers (pipelines §4). A worker whose module cannot be read is one that is not defined. */
export const WORKER_MODULES: ModuleKind = {
  callable: "worker",
  codes: {
    forbidden: "E_WORKER_IO",
    unusable: "E_WORKER_UNDEFINED",
    noFunction: "E_WORKER_TYPE",
    failed: "E_WORKER_PANIC",
  },
  unless: "without the capability fs or net",
};
