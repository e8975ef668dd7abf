import * as v from "valibot";

/** The reporters of `plumb test` (spec/cli.md). */
export const REPORTER_NAMES = ["human", "json", "junit", "tap", "github", "html"] as const;
export type ReporterName = (typeof REPORTER_NAMES)[number];

/** A reporter and where it writes; no file: stdout. */
export interface ReporterChoice {
  readonly name: ReporterName;
  readonly file: string | undefined;
}

/** `NAME` or `NAME=FILE`, as `--reporter` and `test.reporters` have it. */
export const ReporterTextSchema = v.pipe(
  v.string(),
  v.check((text) => parseReporter(text) !== undefined),
);

/** Reads `NAME[=FILE]`; `-` is stdout. Undefined if the name is unknown or the file is empty. */
export function parseReporter(text: string): ReporterChoice | undefined {
  const equals = text.indexOf("=");
  const word = equals < 0 ? text : text.slice(0, equals);
  const name = REPORTER_NAMES.find((candidate) => candidate === word);
  if (name === undefined || equals === text.length - 1) return undefined;
  const file = equals < 0 ? "-" : text.slice(equals + 1);
  return { name, file: file === "-" ? undefined : file };
}
