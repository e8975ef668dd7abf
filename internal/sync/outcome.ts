import type { Place } from "../concept/mod.ts";
import type { Diagnostic } from "../diag/mod.ts";
import type { EncodedBindings, LoggedCompletion, StrictObject } from "../store/mod.ts";
import type { FlowError } from "../trace/mod.ts";

/** Something asked for from outside (scenarios.md §3, Invoking). */
export interface Root {
  /** `Concept.action`. */
  readonly action: string;
  /** An object of args; checked, and brought into the strict profile. */
  readonly args: unknown;
  readonly flowToken: string;
  /** Makes a retry safe (§11, `--key`); who gives one has looked for a root of that key. */
  readonly requestKey?: string | undefined;
  /** Recorded with it, in ms; default: what the engine's `atMs` says. */
  readonly atMs?: number;
  /** Follows from the rest and its `seq`; one that is given is checked (E_STORE_ID). */
  readonly id?: string | undefined;
}

/** A completion that no body of the action makes: of a stub (2), an assumption (1), or one that a log has (replay). */
export interface GivenAnswer {
  readonly case: string;
  /** Of an assumption it may be partial. */
  readonly result: StrictObject;
  readonly assumed: 0 | 1 | 2;
}

/** Nothing was recorded: E_ACTION_UNKNOWN, E_ARG_*, E_VALUE_*, E_FLOW_CLOSED, E_ACTION_UNIMPLEMENTED. */
export interface Refused {
  readonly kind: "refused";
  /** Of the first finding. */
  readonly code: string;
  readonly message: string;
  /** At least one. */
  readonly findings: readonly Diagnostic[];
}

/** All that the root caused is done. */
export interface Completed {
  readonly kind: "completed";
  /** Its invocation is the root. */
  readonly completion: LoggedCompletion;
}

/** The flow failed (§5) and is closed. */
export interface Failed {
  readonly kind: "failed";
  readonly flowToken: string;
  /** undefined: the root was beyond the quota, and is not in the log. */
  readonly invocationId: string | undefined;
  /** Of the root, if it completed before the flow failed. */
  readonly completion: LoggedCompletion | undefined;
  readonly error: FlowError;
  /** The snippet, action or sync at fault. */
  readonly at: Place | undefined;
}

export type Outcome = Refused | Completed | Failed;

/** What `recover` did. */
export interface Recovered {
  /** How many completions and invocations were recorded. */
  readonly completions: number;
  readonly invocations: number;
  /** Each is W_RECOVERY_FLOW_FAILED too. */
  readonly failedFlows: readonly { readonly flowToken: string; readonly error: FlowError }[];
}

/** Told of what happened, in log order, when the unit is written. */
export interface EngineObserver {
  fired?(sync: string, completionId: string, invocationId: string, bindings: EncodedBindings): void;
  completed?(completion: LoggedCompletion): void;
  /** W_SYNC_ROWS_COLLAPSED, W_RECOVERY_FLOW_FAILED. */
  warned?(finding: Diagnostic): void;
}
