import type { FlowError } from "../trace/mod.ts";
import { isObject, parseStrict, type Strict, ValueError } from "../value/mod.ts";
import type { Assumed, LoggedCompletion, LoggedInvocation, StrictObject } from "./rows.ts";
import { StoreError } from "./store_error.ts";

/** A column of integers: read as bigints, so that none loses digits (BUN.md). */
type Int = bigint;

export interface InvocationColumns {
  readonly id: string;
  readonly flow_token: string;
  readonly action_uri: string;
  readonly args: string;
  readonly seq: Int;
  readonly at_ms: Int;
}

/** Of a completion: its own columns under `c_…`, those of its invocation as they are. */
export interface CompletionColumns extends InvocationColumns {
  readonly c_id: string;
  readonly c_case: string;
  readonly c_result: string;
  readonly c_seq: Int;
  readonly c_assumed: Int;
}

/** What {@link InvocationColumns} selects from `invocations i`. */
export const INVOCATION_COLUMNS = "i.id, i.flow_token, i.action_uri, i.args, i.seq, i.at_ms";

/** What {@link CompletionColumns} selects from `invocations i` and `completions c`. */
export const COMPLETION_COLUMNS = `${INVOCATION_COLUMNS}, c.id AS c_id, c.output_case AS c_case, c.result AS c_result, c.seq AS c_seq, c.assumed AS c_assumed`;

export function invocationOf(row: InvocationColumns): LoggedInvocation {
  const { id, flow_token, action_uri } = row;
  return {
    id,
    flow_token,
    action_uri,
    args: readObject(row.args, "args", id),
    seq: readSeq(row.seq, id),
    at_ms: Number(row.at_ms),
  };
}

export function completionOf(row: CompletionColumns): LoggedCompletion {
  return {
    id: row.c_id,
    invocation: invocationOf(row),
    output_case: row.c_case,
    result: readObject(row.c_result, "result", row.c_id),
    seq: readSeq(row.c_seq, row.c_id),
    assumed: readAssumed(row.c_assumed),
  };
}

/**
 * A stored object, its integers exact.
 * @throws StoreError E_STORE_FORMAT if the text is none of the strict profile
 */
export function readObject(text: string, column: string, id: string): StrictObject {
  const value = readValue(text, column, id);
  if (isObject(value)) return value as StrictObject;
  throw broken(column, id, "it is not an object");
}

export function readSeq(seq: Int, id: string): number {
  const number = Number(seq);
  if (Number.isSafeInteger(number)) return number;
  throw broken("seq", id, `${seq} is beyond 2^53-1`);
}

/** The error of a failed flow, `{code, message}` (scenarios §5, T4). */
export function readFlowError(text: string, flowToken: string): FlowError {
  const { code, message } = readObject(text, "error", flowToken);
  if (typeof code === "string" && typeof message === "string") return { code, message };
  throw broken("error", flowToken, "it has no code and message");
}

function readAssumed(value: Int): Assumed {
  return value === 0n ? 0 : value === 1n ? 1 : 2;
}

function readValue(text: string, column: string, id: string): Strict {
  try {
    return parseStrict(text);
  } catch (error) {
    if (error instanceof ValueError) throw broken(column, id, `${error.code}: ${error.message}`);
    throw error;
  }
}

function broken(column: string, id: string, why: string): StoreError {
  return new StoreError("E_STORE_FORMAT", `the log is damaged: ${column} of ${id}: ${why}`);
}
