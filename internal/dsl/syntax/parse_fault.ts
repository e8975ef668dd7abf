import { type DslIssue, dslIssue } from "./dsl_issue.ts";
import type { DslSource } from "./dsl_source.ts";

/** What ends the reading of a file: it has one parse error at most (flows §1). */
export class ParseFault extends Error {
  override readonly name = "ParseFault";
  /** UTF-16 index into the text; undefined: about the whole file. */
  readonly at: number | undefined;
  readonly length: number | undefined;
  readonly help: string | undefined;

  constructor(message: string, place: { readonly at: number | undefined; readonly length?: number }, help?: string) {
    super(message);
    this.at = place.at;
    this.length = place.length;
    this.help = help;
  }
}

/** A file that was read, or why it could not be. */
export type Reading<File> = { readonly file: File } | { readonly issue: DslIssue };

/** Runs a reader; its {@link ParseFault} becomes the finding `parse-error`. */
export function reading<File>(source: DslSource, read: () => File): Reading<File> {
  try {
    return { file: read() };
  } catch (error) {
    if (!(error instanceof ParseFault)) throw error;
    const { message, at, length, help } = error;
    return { issue: dslIssue(source, { code: "parse-error", message, at, length, help }) };
  }
}
