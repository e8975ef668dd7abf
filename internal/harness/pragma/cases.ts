import type { Diagnostic, Position } from "../../diag/mod.ts";
import type { Json } from "../../value/mod.ts";

/** A value and where it stands in the test file. */
export interface At<T> {
  readonly value: T;
  readonly pos: Position;
}

/** What enters a run (ami-tests §4): one event, a stream, or a fixture that holds either. */
export type InputSpec =
  | { readonly kind: "event"; readonly value: Json }
  | { readonly kind: "stream"; readonly values: readonly Json[] }
  | { readonly kind: "input_file"; readonly path: string }
  | { readonly kind: "events_file"; readonly path: string };

/** What must leave a run: a value, or a golden file that holds it. */
export type ExpectedSpec =
  | { readonly kind: "json"; readonly value: Json }
  | { readonly kind: "file"; readonly path: string };

/** What a `test:runtime` line says, with what it takes from the line above or from the preamble's default. */
export interface RuntimeSpec {
  readonly pipeline?: At<string>;
  readonly input?: At<InputSpec>;
  readonly expectOutput?: At<ExpectedSpec>;
  readonly expectErrors?: At<readonly string[]>;
  /** Of `msg~=`; only with `expectErrors`. */
  readonly message?: At<string>;
  /** Virtual milliseconds; 0: none. */
  readonly timeoutMs: number;
  readonly emit: boolean;
}

/** A file or folder that a case may touch. The path is as written: not yet resolved, not yet checked. */
export interface FixtureSpec {
  readonly path: At<string>;
  readonly mode: "ro" | "rw";
}

/** One `test:kv` line (ami-tests §7). */
export interface KvSpec {
  readonly ns: string;
  readonly puts: readonly (readonly [key: string, value: Json])[];
  readonly gets: readonly string[];
  /** Each key must hold its value; null: be absent or null. */
  readonly expect?: At<{ [key: string]: Json }>;
  readonly ttlMs?: number;
  readonly sliding?: boolean;
  readonly maxReads?: number;
  readonly capacity?: number;
  readonly emit: boolean;
  readonly share: "case" | "file";
  /** Of `test:`. */
  readonly pos: Position;
}

/** One line that judges the findings of the checks (ami-tests §5). `pos` is that of its `test:`. */
export type DirectiveSpec =
  | {
      readonly kind: "assert";
      readonly holds: "parse_ok" | "parse_fail";
      readonly count?: number;
      readonly code?: string;
      /** Of `msg=`: an exact substring. */
      readonly exactMessage?: string;
      /** Of `msg~=`: a substring, ignoring case. */
      readonly message?: string;
      readonly line?: number;
      readonly column?: number;
      readonly offset?: number;
      readonly pos: Position;
    }
  | {
      readonly kind: "expect_error" | "expect_warn";
      readonly code: string;
      readonly count?: number;
      /** Of `msg~=`: a substring, ignoring case. */
      readonly message?: string;
      readonly pos: Position;
    }
  | { readonly kind: "expect_errors" | "expect_warnings"; readonly count: number; readonly pos: Position }
  | { readonly kind: "expect_no_errors" | "expect_no_warnings"; readonly pos: Position };

/** One case of a test file, as its lines say it (ami-tests §3). Cases of a file may share its arrays and findings. */
export interface CaseSpec {
  readonly name: string;
  /** The name, with `#2`, `#3` … where it is repeated in the file: the second half of the stable id. */
  readonly case: string;
  /** Of its runtime line or first directive, else of its `test:case`, else 1. */
  readonly line: number;
  readonly kind: "pragma" | "directive";
  /** Of the `test:` in that line. */
  readonly pos: Position;
  /** The reason of a skip. */
  readonly skip?: string;
  /** The pragma errors that fail it, by position. The same object in two cases is the same finding. */
  readonly findings: readonly Diagnostic[];
  /** Of every pragma case whose runtime line is well formed. */
  readonly runtime?: RuntimeSpec;
  readonly directives: readonly DirectiveSpec[];
  readonly fixtures: readonly FixtureSpec[];
  readonly kv: readonly KvSpec[];
  /** A directive case without directives: it asserts the absence of errors. */
  readonly bare: boolean;
}
