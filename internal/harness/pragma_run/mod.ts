// Runs pragma cases and judges what came of them (ami-tests.md §3–§8): directives, fixtures and scratch copies, stores, events
// through a pipeline in virtual time, expected output and errors.
export { runPragmaCase } from "./run_pragma_case.ts";
export { SharedStores } from "./stores.ts";
