import type { Strict } from "../value/mod.ts";

export type StrictObject = { [key: string]: Strict };

/** An invocation as the log holds it. */
export interface LoggedInvocation {
  readonly id: string;
  readonly flow_token: string;
  readonly action_uri: string;
  readonly args: StrictObject;
  readonly seq: number;
  /** Wall time of the root that it belongs to, in ms since 1970; 0 in tests (scenarios §3, `ctx.clock`). */
  readonly at_ms: number;
}

/** 0: a body answered; 1: an assumption; 2: a stub (scenarios §3). */
export type Assumed = 0 | 1 | 2;

/** A completion as the log holds it, with its invocation. */
export interface LoggedCompletion {
  readonly id: string;
  readonly invocation: LoggedInvocation;
  readonly output_case: string;
  readonly result: StrictObject;
  readonly seq: number;
  readonly assumed: Assumed;
}

/** An invocation to be written. Its id follows from its content; one that is given is checked. */
export interface NewInvocation {
  readonly id?: string;
  readonly flow_token: string;
  readonly action_uri: string;
  readonly args: StrictObject;
  /** The args as strict canonical JSON, where the writer has it; it is believed. */
  readonly args_text?: string | undefined;
  readonly seq: number;
  /** Default 0. */
  readonly at_ms?: number;
  readonly request_key?: string | undefined;
}

/** A completion to be written. Its id follows from its content; one that is given is checked. */
export interface NewCompletion {
  readonly id?: string;
  readonly invocation_id: string;
  readonly output_case: string;
  readonly result: StrictObject;
  /** The result as strict canonical JSON, where the writer has it; it is believed. */
  readonly result_text?: string | undefined;
  readonly seq: number;
  /** Default 0. */
  readonly assumed?: Assumed;
}

/** A firing to be written, with the invocation that it makes. */
export interface NewFiring {
  readonly completion_id: string;
  /** The sync's name, or `<sync>#k` for its `then` item k from 2 on (scenarios §4). */
  readonly sync_id: string;
  readonly bindings: EncodedBindings;
  /** Its `seq` is that of the firing too. */
  readonly invocation: NewInvocation;
}

/** Bindings as they are stored and told apart. */
export interface EncodedBindings {
  /** Strict canonical JSON. */
  readonly text: string;
  /** The binding hash of scenarios §1. */
  readonly hash: string;
}
