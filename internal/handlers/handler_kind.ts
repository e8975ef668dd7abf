import type { ModuleKind } from "../user_modules/mod.ts";

/** Handler modules (scenarios.md §3, Handlers). What goes wrong with one while it runs is an action that failed. */
export const HANDLER_MODULES: ModuleKind = {
  callable: "handler",
  codes: {
    forbidden: "E_SPEC_HANDLER_IO",
    unusable: "E_SPEC_HANDLER",
    noFunction: "E_SPEC_HANDLER",
    failed: "E_ACTION_FAILED",
  },
  unless: "without --allow fs or --allow net",
};
