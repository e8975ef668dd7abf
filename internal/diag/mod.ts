// What plumb says to people: positions in a text, findings (diag.v1), error records (errors.v1), how both are shown with
// excerpt, caret and help, did-you-mean, and the table of exit codes.
export * from "./compare_diagnostics.ts";
export * from "./diagnostic.ts";
export * from "./did_you_mean.ts";
export * from "./error_record.ts";
export { errorText } from "./error_text.ts";
export * from "./excerpt.ts";
export * from "./exit_codes.ts";
export * from "./line_index.ts";
export * from "./position.ts";
export * from "./printable.ts";
export * from "./render_diagnostic.ts";
export * from "./style.ts";
