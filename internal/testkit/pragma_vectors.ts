import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** A row of vectors/pragmas.jsonl (ami-tests §11). */
export interface PragmaRow {
  readonly id: string;
  readonly note: string;
  readonly file: string;
  readonly files: Readonly<Record<string, string>>;
  readonly options?: { readonly timeout?: number; readonly strict?: boolean };
  readonly cases: readonly PragmaRowCase[];
  readonly diagnostics?: readonly { readonly code: string; readonly line: number; readonly column: number }[];
}

export interface PragmaRowCase {
  readonly id: string;
  readonly kind: string;
  readonly line: number;
  readonly status: "pass" | "fail" | "skip";
  readonly code?: string;
  readonly at?: { readonly line: number; readonly column: number; readonly file?: string };
  readonly reason?: string;
  readonly output?: unknown;
  readonly virtual_ms?: number;
  readonly errors?: readonly string[];
  readonly errorpipe?: { readonly code: string; readonly message: string; readonly expected?: boolean };
  readonly warnings?: readonly string[];
  readonly diff?: readonly unknown[];
  readonly written?: Readonly<Record<string, readonly string[]>>;
  readonly kv?: Readonly<Record<string, unknown>>;
}

/** All rows of testdata/vectors/pragmas.jsonl. */
export function pragmaRows(): PragmaRow[] {
  const path = resolve(import.meta.dir, "../../testdata/vectors/pragmas.jsonl");
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** What can be seen of a case in the records of a stream and the error lines; keys as in the row, empty lists left out. */
export type SeenCase = Partial<PragmaRowCase> & { readonly id: string };

type Seen = Record<string, unknown>;

/**
 * Reads the cases back out of a test.v1 stream and the default error pipeline's lines, in the shape of a row. `ran` says
 * whether a case ran; only then are its virtual time and error line told, as §11 says. Without `kv` records none is told.
 */
export function seenCases(
  records: readonly Seen[],
  errorLines: readonly Seen[],
  expected: readonly PragmaRowCase[],
): SeenCase[] {
  const seen: SeenCase[] = [];
  let start: Seen = {};
  let between: Seen[] = [];
  for (const record of records) {
    if (record.type === "test_start") {
      start = record;
      between = [];
    } else if (record.schema === "diag.v1") between.push(record);
    else if (record.type === "test_end") seen.push(seenCase(start, between, record, errorLines, expected[seen.length]));
  }
  return seen;
}

/** The pragma findings of the stream, each once, as a row lists them. */
export function seenFindings(records: readonly Seen[]): unknown[] {
  return records
    .filter(({ schema, code }) => schema === "diag.v1" && /^E_PRAGMA_|^E_FIXTURE_MODE$/.test(String(code)))
    .map(({ code, pos }) => ({ code, line: Object(pos).line, column: Object(pos).column }));
}

function seenCase(
  start: Seen,
  between: readonly Seen[],
  end: Seen,
  errorLines: readonly Seen[],
  row?: PragmaRowCase,
): SeenCase {
  const ran = row?.virtual_ms !== undefined;
  const diagnostics = (end.diagnostics ?? []) as Seen[];
  const first = diagnostics[0];
  const line = errorLines.find(({ data }) => Object(data).id === end.id);
  const warnings = between.filter(({ level }) => level === "warn").map(({ code }) => String(code));
  // The rows tell the differences of outputs only.
  const diff = diagnostics.filter(({ code }) => code === "E_OUTPUT_MISMATCH").map(({ data }) => data);
  return {
    id: String(end.id),
    kind: String(start.kind),
    line: Number(start.line),
    status: end.status as PragmaRowCase["status"],
    ...(end.code === undefined ? {} : { code: String(end.code) }),
    ...(row?.at === undefined
      ? {}
      : { at: { ...place(first), ...(row.at.file === undefined ? {} : { file: String(first?.file) }) } }),
    ...(end.reason === undefined ? {} : { reason: String(end.reason) }),
    ...(ran ? { virtual_ms: Number(end.virtual_ms) } : {}),
    ...(ran && line !== undefined ? { errorpipe: errorpipe(line, row) } : {}),
    ...(row?.warnings === undefined && (!ran || warnings.length === 0) ? {} : { warnings }),
    ...(diff.length === 0 ? {} : { diff }),
    ...(row?.kv === undefined ? {} : { kv: kvOf(between, Object.keys(row.kv)) }),
  };
}

function place(diagnostic: Seen | undefined): { line: number; column: number } {
  const { line, column } = Object(diagnostic?.pos);
  return { line, column };
}

/** Messages are compared only where §11 says that they are exact. */
const EXACT_MESSAGE = /^(E_TIMEOUT|E_SANDBOX_DENIED)$/;

function errorpipe(line: Seen, row: PragmaRowCase): NonNullable<PragmaRowCase["errorpipe"]> {
  const message = String(line.message);
  const exact = EXACT_MESSAGE.test(String(line.code)) || /^simulated error /.test(row.errorpipe?.message ?? "");
  const made = !/^E_(WORKER|MERGE|RUN|EVENT|INGRESS|TIMER)_/.test(String(line.code));
  const { expected } = Object(line.data);
  return {
    code: String(line.code),
    message: exact || made ? message : (row.errorpipe?.message ?? message),
    ...(expected === undefined ? {} : { expected }),
  };
}

function kvOf(between: readonly Seen[], namespaces: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    namespaces.map((ns) => {
      const metrics = between.find(({ code, data }) => code === "KV_METRICS" && Object(data).ns === ns);
      const { case: _case, ns: _ns, ...counters } = Object(metrics?.data);
      return [ns, counters];
    }),
  );
}

/** A row's case without what the stream cannot tell: outputs, error records, files that were written. */
export function visibleCase({ output: _o, errors: _e, written: _w, ...visible }: PragmaRowCase): SeenCase {
  return visible;
}
