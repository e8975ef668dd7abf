import type { Diagnostic, ErrorRecord, ExitCode } from "../diag/mod.ts";
import type { StoreState } from "../kvstore/mod.ts";
import type { Json } from "../value/mod.ts";
import type { Blame } from "./records.ts";

/** What is said of one case (DESIGN, words). */
export type Verdict = { readonly status: "pass" } | { readonly status: "skip"; readonly reason: string } | Failure;

/** A failure: its first diagnostic is the failure itself. */
export interface Failure {
  readonly status: "fail";
  readonly code: string;
  /** One sentence. */
  readonly error: string;
  readonly blame: Blame;
  readonly diagnostics: readonly Diagnostic[];
  /** What it does to the exit code of the run; default `failure`. */
  readonly exit?: ExitCode;
}

/**
 * A golden file that `--update` writes for this case, by whoever owns the stream, in stable order. Once it is written the
 * case passes with `record`; until then `verdict` is that of its mismatch.
 */
export interface GoldenWrite {
  readonly path: string;
  readonly text: string;
  readonly record: Diagnostic;
}

/** What a case wrote: its TypeScript workers and handlers, and at the end of a failing case its last hops or events. */
export interface Print {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** Everything a finished case hands to the stream, the artifacts and the API; plain data. */
export interface CaseOutcome {
  readonly verdict: Verdict;
  /** Pragma findings that fail this case; the stream emits each once, with the first case that it fails. */
  readonly findings: readonly Diagnostic[];
  readonly printed: readonly Print[];
  /** Further diag.v1 records of the case, in order: warnings, the KV pairs, GOLDEN_WRITTEN. */
  readonly records: readonly Diagnostic[];
  /** The case's line of the default error pipeline (ami-tests §8). */
  readonly errorLine?: ErrorRecord | undefined;
  readonly virtualMs: number;
  readonly durationMs: number;
  /** The stores that the case used, as they were at its end, by namespace; empty unless `emit` or `keepStates`. */
  readonly stores: readonly StoreState[];
  /** `emit=true` or `kv_emit`: the case's stores become records and artifacts. */
  readonly emit: boolean;
  readonly golden?: GoldenWrite | undefined;
  /** The scratch folder of a case with `rw` fixtures, where the artifacts want it. */
  readonly scratch?: string | undefined;
  /** Of a scenario: how many completions of its trace were assumed. */
  readonly assumed?: number | undefined;
  /** Of a scenario, with `-v`: a line a step and a firing. */
  readonly log?: readonly string[] | undefined;
  /** Of a scenario, with `--record`: its event log, as the bytes of a database file. */
  readonly eventLog?: Uint8Array | undefined;
  /** What left the run and the codes of its error records, in order; absent where nothing ran. */
  readonly run?: { readonly output: Json; readonly errors: readonly string[] } | undefined;
}
