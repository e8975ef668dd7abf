// Looking through .wdl and .pdl files (flows §7): what compiles and still is a mistake, and what will not compile, with the
// place of each.
export { lintDsl } from "./lint_dsl.ts";
export { type LintedFile, type LintOptions, lintFiles, readLinted } from "./lint_files.ts";
