import type { Value } from "../../value/mod.ts";

// How an executor is made to break a rule: hooks into what an honest one reads and writes.

export interface NodeDraft {
  id: string;
  type: string;
  with: { [name: string]: Value };
  timeout_ms: number;
  retry: { max: number; backoff_ms: number };
}

export interface EdgeDraft {
  from: string;
  to: string;
  on: string;
}

export interface IrDraft {
  version: string;
  flow: { timeout_ms: number };
  graph?: { nodes: NodeDraft[]; edges: EdgeDraft[] };
}

/** A request as the host sent it, to be changed. */
export interface RequestDraft {
  id?: Value;
  method: string;
  params: {
    run_id?: string;
    after?: number;
    ir?: IrDraft;
    inputs?: { [name: string]: Value };
    options?: { run_id: string | null };
    [unknown: string]: unknown;
  };
  [unknown: string]: unknown;
}

export interface EventDraft {
  type: string;
  timestamp?: string;
  step_id?: string;
  state?: string;
  [member: string]: unknown;
}

export interface ErrorDraft {
  code: number;
  message?: string;
  data?: { [member: string]: Value };
}

/** A reply as an honest executor gives it, to be changed. */
export interface ReplyDraft {
  jsonrpc?: string;
  id: Value;
  result?: {
    status?: string;
    events?: EventDraft[];
    outputs?: { [name: string]: Value };
    error?: ErrorDraft;
    run_id?: string;
    ok?: boolean;
    version?: Value;
    step_kinds?: string[];
    [member: string]: unknown;
  };
  error?: ErrorDraft;
}

/** What a hook of a request says: go on; this is the reply; or the process ends. */
export type Verdict = undefined | { readonly result: object } | { readonly error: ErrorDraft } | "dies";

/** One executor's way to break a rule; every process has a fresh one. */
export interface Twist {
  /** Changes what comes in one read. */
  chunk?(text: string): string;
  /** Sees a line before it is read as JSON: a text is what is written instead. */
  line?(line: string): string | "dies" | undefined;
  /** May change a request. */
  request?(request: RequestDraft): Verdict | undefined;
  /** How late a request is looked at. */
  delayMs?(request: RequestDraft): number;
  /** May change a reply. */
  reply?(reply: ReplyDraft, request: RequestDraft): void;
  /** Changes a reply as it is written, with its LF. */
  text?(text: string): string;
  /** Written at the start. */
  readonly banner?: string;
  /** How long it lives after the end of stdin. */
  eofMs?(hasRuns: boolean): number;
  /** Its status then. */
  readonly eofStatus?: number;
  readonly ignoresSigterm?: boolean;
  readonly leavesSomebody?: boolean;
  /** It ends at once without plumb's variables. */
  readonly needsVariables?: boolean;
}
