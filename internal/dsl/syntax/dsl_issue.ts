import { type Diagnostic, diagnostic, type Position } from "../../diag/mod.ts";
import type { DslSource } from "./dsl_source.ts";

/** A finding about a .wdl or .pdl file (flows §7), or about what would become of it. */
export interface DslIssue {
  readonly path: string;
  /** Kebab-case where it is a finding of the language, `E_…` of anything else. */
  readonly code: string;
  readonly message: string;
  readonly level: "error" | "warning";
  /** None: it is about the whole file, printed as 0:0. */
  readonly pos: Position | undefined;
  /** Behind the last character it is about. */
  readonly endPos: Position | undefined;
  /** The corrected text, or what to do. */
  readonly help: string | undefined;
}

/** What a caller says of a finding. */
export interface IssueFields {
  readonly code: string;
  readonly message: string;
  /** Default `error`. */
  readonly level?: DslIssue["level"];
  /** UTF-16 index into the file's text. */
  readonly at: number | undefined;
  /** How many UTF-16 units it is about, for the excerpt. */
  readonly length?: number | undefined;
  readonly help?: string | undefined;
}

/** A finding with its place in the file. */
export function dslIssue({ path, lines }: DslSource, fields: IssueFields): DslIssue {
  const { code, message, level = "error", at, length = 0, help } = fields;
  const pos = at === undefined ? undefined : lines.position(at);
  const endPos = at === undefined || length <= 0 ? undefined : lines.position(at + length);
  return { path, code, message, level, pos, endPos, help };
}

/** As `--json` and the library show it (flows §8). */
export interface Issue {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly level: "error" | "warning";
  readonly line: number;
  readonly column: number;
}

/** The public form of a finding: without help, at 0:0 if it is about the whole file. */
export function publicIssue({ path, code, message, level, pos }: DslIssue): Issue {
  return { path, code, message, level, line: pos?.line ?? 0, column: pos?.column ?? 0 };
}

/** The order of findings within a file: by line, column, code (flows §7). */
export function compareIssues(a: DslIssue, b: DslIssue): number {
  const [x, y] = [publicIssue(a), publicIssue(b)];
  if (x.line !== y.line) return x.line - y.line;
  if (x.column !== y.column) return x.column - y.column;
  return x.code < y.code ? -1 : x.code > y.code ? 1 : 0;
}

/** The finding as diag.v1: `missing-input` is `E_DSL_MISSING_INPUT`, of a warning `W_DSL_…` (flows, introduction). */
export function issueDiagnostic({ path, code, message, level, pos, endPos, help }: DslIssue): Diagnostic {
  const isError = level === "error";
  const isOurs = /^[EW]_/.test(code);
  return diagnostic({
    code: isOurs ? code : `${isError ? "E" : "W"}_DSL_${code.toUpperCase().replaceAll("-", "_")}`,
    message,
    level: isError ? "error" : "warn",
    file: path,
    pos,
    endPos,
    data: help === undefined ? undefined : { help },
  });
}
