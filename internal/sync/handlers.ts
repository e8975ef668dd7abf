import type { StrictObject } from "../store/mod.ts";

/** A call of a handler: a body that is an export of a TypeScript or JavaScript module (scenarios.md §3, Handlers). */
export interface HandlerCall {
  /** Absolute path of the module. */
  readonly module: string;
  /** The export. */
  readonly name: string;
  /** `Concept.action`. */
  readonly action: string;
  readonly args: StrictObject;
  readonly flowToken: string;
  readonly invocationId: string;
  readonly seq: number;
  /** What `ctx.clock.now()` tells, in ms: one instant for a root and all it causes. */
  readonly nowMs: number;
  /** Real ms that the call may take. */
  readonly timeoutMs: number;
}

/** A row that `ctx.db` read: integers are exact, NULL is null, what is no strict value is as SQLite has it. */
export type DbRow = { readonly [column: string]: string | number | bigint | null | Uint8Array };

/** What a handler does to the state of its concept. Each throws an Error whose message begins with its code. */
export interface HandlerDb {
  all(sql: string, params?: unknown): readonly DbRow[];
  get(sql: string, params?: unknown): DbRow | undefined;
  run(sql: string, params?: unknown): void;
}

export type HandlerAnswer =
  /** What it returned, or what its promise came to: `{case, result?}` if it is right, which the engine checks. */
  | { readonly kind: "answered"; readonly value: unknown }
  /** It threw, took too long, or holds its thread. The message names no action; E_WORKER_HANG ends the case or process. */
  | {
      readonly kind: "fault";
      readonly code: "E_ACTION_FAILED" | "E_ACTION_TIMEOUT" | "E_WORKER_HANG";
      readonly message: string;
    };

/** Calls handlers, wherever they run. A call returns when the handler is done with: the engine is synchronous. */
export interface Handlers {
  call(call: HandlerCall, db: HandlerDb): HandlerAnswer;
}
