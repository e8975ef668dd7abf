// Reports: each a pure fold over the test.v1 stream of a run, from records to text. They read no clock, print nothing
// themselves, and treat every name and message as hostile.
export { jsonText } from "./json_text.ts";
export type { Reporter, ReporterOptions } from "./reporter.ts";
export { REPORTERS, type ReporterName } from "./reporters.ts";
export { visibleLine } from "./visible.ts";
export { xmlAttributes, xmlText } from "./xml.ts";
