import type { Json } from "../../value/mod.ts";
import { wall } from "../../world/mod.ts";
import { lintFiles } from "../lint/mod.ts";
import { type Plan, planFlow } from "../plan/mod.ts";
import { type DslIssue, dslKind, dslSource, type Issue, publicIssue, readWdl } from "../syntax/mod.ts";
import { buildDsl, type DslInput } from "./build_dsl.ts";

/** A file of the library's caller. */
export interface DslText {
  /** As everything names it: from the working directory, `/`-separated. */
  readonly path: string;
  readonly text: string;
}

export interface CompileDslOptions {
  /** Also Flow IR and the manifest; default false. */
  readonly emitIr?: boolean;
  /** Default true. */
  readonly lint?: boolean;
  /** `generated_at` of both, RFC 3339 UTC; default the wall clock. */
  readonly now?: string;
}

/** What a compile in memory gives. */
export interface CompiledDsl {
  readonly ok: boolean;
  /** Path under the out directory -> document; none unless `ok`. */
  readonly files: Record<string, Json>;
  readonly issues: Issue[];
}

/** Files of the library that cannot be used: all that is wrong with them. */
export class DslError extends Error {
  override readonly name = "DslError";

  constructor(readonly issues: readonly Issue[]) {
    super(
      issues.map(({ path, line, column, code, message }) => `${path}:${line}:${column}: ${code} ${message}`).join("\n"),
    );
  }
}

/**
 * Compiles .wdl and .pdl files in memory (flows §19), all or none. Policies come from these files only; a file of another
 * suffix is left out with the warning `W_DSL_SKIPPED`.
 *
 * @example
 * compileDsl([{ path: "a.wdl", text }], { emitIr: true }).files["flows/a.ir.json"];
 */
export function compileDsl(files: readonly DslText[], options: CompileDslOptions = {}): CompiledDsl {
  const { emitIr = false, lint = true, now = `${wall.nowIso().slice(0, 19)}Z` } = options;
  const { inputs, issues } = sortedInputs(files);
  const built = buildDsl(inputs, { emitIr, generatedAt: now, lint: lint ? lintFiles : undefined });
  const all = [...issues, ...built.issues].map(publicIssue);
  const ok = all.every(({ level }) => level !== "error");
  const documents = ok ? built.artifacts.map(({ path, document }): [string, Json] => [path, document]) : [];
  return { ok, files: Object.fromEntries(documents), issues: all };
}

/**
 * The plan of a .wdl file (flows §19).
 *
 * @throws DslError if the file cannot be read
 */
export function planDsl({ path, text }: DslText): Plan {
  const reading = readWdl(dslSource(path, text));
  if ("file" in reading) return planFlow(reading.file);
  throw new DslError([publicIssue(reading.issue)]);
}

interface SortedInputs {
  readonly inputs: readonly DslInput[];
  readonly issues: readonly DslIssue[];
}

function sortedInputs(files: readonly DslText[]): SortedInputs {
  const inputs: DslInput[] = [];
  const issues: DslIssue[] = [];
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  for (const { path, text } of sorted) {
    const kind = dslKind(path);
    if (kind === undefined) {
      issues.push(about(path, "warning", "W_DSL_SKIPPED", "the file is skipped: its suffix is not .wdl or .pdl"));
    } else if (!text.isWellFormed()) {
      issues.push(about(path, "error", "read-error", "the text has half a surrogate pair: no file could hold it"));
    } else inputs.push({ source: dslSource(path, text), kind });
  }
  return { inputs, issues };
}

function about(path: string, level: DslIssue["level"], code: string, message: string): DslIssue {
  return { path, code, message, level, pos: undefined, endPos: undefined, help: undefined };
}
