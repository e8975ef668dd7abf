import type { ModuleKind } from "./module_kind.ts";

/** Modules of tests. */
export const SAMPLES: ModuleKind = {
  callable: "sample",
  codes: { forbidden: "E_IO", unusable: "E_UNUSABLE", noFunction: "E_NO_FUNCTION", failed: "E_FAILED" },
  unless: "without leave",
};
