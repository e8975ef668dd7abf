import type { PragmaLine } from "../../ami/mod.ts";
import { type Diagnostic, didYouMean, type Position } from "../../diag/mod.ts";
import { readDirective } from "./case_directives.ts";
import { given } from "./case_fields.ts";
import type { DirectiveSpec, FixtureSpec, KvSpec, RuntimeSpec } from "./cases.ts";
import { readPairs } from "./pragma_pairs.ts";
import { type PragmaSource, SourceLine } from "./pragma_source_line.ts";
import { isPragmaName, PRAGMAS, type PragmaName } from "./pragma_table.ts";
import { clip, trimBlanks } from "./pragma_text.ts";

/** What a line says. `malformed`: it has findings, and says nothing that could be relied on. */
type LineContent =
  | { readonly kind: "case"; readonly name: string | undefined }
  | { readonly kind: "skip"; readonly reason: string }
  | { readonly kind: "runtime"; readonly spec: RuntimeSpec | undefined }
  | { readonly kind: "fixture"; readonly spec: FixtureSpec }
  | { readonly kind: "kv"; readonly spec: KvSpec }
  | { readonly kind: "directive"; readonly spec: DirectiveSpec }
  | { readonly kind: "malformed" };

/** A `test:` line of a file, read by itself. */
export interface CaseLine {
  readonly line: number;
  /** Of its `test:`. */
  readonly pos: Position;
  readonly content: LineContent;
  /** What is wrong with it, by position. */
  readonly findings: readonly Diagnostic[];
}

/** The prefix of the pragmas that belong to tests; all others belong to the language. */
export const TEST_PREFIX = "test:";

/** Reads one pragma line whose name begins with `test:`. Never throws: what is wrong is in the findings. */
export function readCaseLine(source: PragmaSource, pragma: PragmaLine): CaseLine {
  const line = new SourceLine(source, pragma);
  const content = isPragmaName(line.name) ? readContent(line, line.name) : unknownPragma(line);
  const findings = line.findings();
  // A malformed runtime line is still a case of its own, a case line without a name still a section.
  const kept = findings.length === 0 || content.kind === "runtime" || content.kind === "case";
  return {
    line: pragma.line,
    pos: line.position(line.nameStart),
    content: kept ? content : { kind: "malformed" },
    findings,
  };
}

function readContent(line: SourceLine, name: PragmaName): LineContent {
  switch (name) {
    case "case": {
      const found = freeText(line);
      if (found === "") line.add("E_PRAGMA_MISSING", "case needs a name", line.nameStart);
      return { kind: "case", name: found === "" ? undefined : found };
    }
    case "skip":
      return { kind: "skip", reason: freeText(line) || "skipped" };
    case "runtime": {
      const spec = readRuntime(line);
      return { kind: "runtime", spec: line.findings().length === 0 ? spec : undefined };
    }
    case "fixture": {
      const { path, mode } = readPairs(line, PRAGMAS.fixture).values;
      return path === undefined
        ? { kind: "malformed" }
        : { kind: "fixture", spec: { path, mode: mode?.value ?? "ro" } };
    }
    case "kv":
      return { kind: "kv", spec: readKv(line) };
    default: {
      const spec = readDirective(line, name);
      return spec === undefined ? { kind: "malformed" } : { kind: "directive", spec };
    }
  }
}

function unknownPragma(line: SourceLine): LineContent {
  const help = didYouMean(line.name, Object.keys(PRAGMAS));
  const written = `${TEST_PREFIX}${clip(line.name)}`;
  const message = `unknown pragma ${written}`;
  line.add("E_PRAGMA_UNKNOWN", message, line.nameStart, help === undefined ? undefined : `${TEST_PREFIX}${help}`);
  return { kind: "malformed" };
}

/** The rest of the line, trimmed, without one pair of surrounding quotes; empty if only blanks are left. */
function freeText(line: SourceLine): string {
  const text = trimBlanks(line.text.slice(line.payloadStart));
  const first = text.charAt(0);
  const quoted = text.length > 1 && (first === '"' || first === "'") && text.endsWith(first);
  const inner = quoted ? text.slice(1, -1) : text;
  return trimBlanks(inner) === "" ? "" : inner;
}

function readRuntime(line: SourceLine): RuntimeSpec {
  const { values } = readPairs(line, PRAGMAS.runtime);
  const { pipeline, expect_output: expectOutput, expect_error: expectErrors, "msg~": message, timeout, emit } = values;
  const input = values.input ?? values.events;
  return {
    ...(pipeline && { pipeline }),
    ...(input && { input }),
    ...(expectOutput && { expectOutput }),
    ...(expectErrors && { expectErrors }),
    ...(message && { message }),
    timeoutMs: timeout?.value ?? 0,
    emit: emit?.value ?? false,
  };
}

function readKv(line: SourceLine): KvSpec {
  const { values } = readPairs(line, PRAGMAS.kv);
  const { ns, put, get, expect, ttl, sliding, max_reads, capacity, emit, share } = values;
  return {
    ns: ns?.value ?? "",
    puts: put?.value ?? [],
    gets: get?.value ?? [],
    ...(expect && { expect }),
    ...given("ttlMs", ttl),
    ...given("sliding", sliding),
    ...given("maxReads", max_reads),
    ...given("capacity", capacity),
    emit: emit?.value ?? false,
    share: share?.value ?? "case",
    pos: line.position(line.nameStart),
  };
}
