// Reports: each a pure fold over the test.v1 stream of a run, from records to text. They read no clock, print nothing
// themselves, and treat every name and message as hostile.
export type { Reporter, ReporterOptions } from "./reporter.ts";
export { REPORTERS, type ReporterName } from "./reporters.ts";
