/** An event as a store writes it and a log has it: JSON as its text. Equal events have equal fields. */
export type WrittenEvent = WrittenInvocation | WrittenCompletion;

export interface WrittenInvocation {
  readonly kind: "invocation";
  readonly id: string;
  readonly seq: number;
  readonly flow_token: string;
  readonly action_uri: string;
  readonly args: string;
  /** The firing that made it; undefined: a root. A log of version 1 has no bindings. */
  readonly cause: WrittenCause | undefined;
}

export interface WrittenCause {
  readonly completion_id: string;
  readonly sync_id: string;
  readonly bindings: string | null;
}

export interface WrittenCompletion {
  readonly kind: "completion";
  readonly id: string;
  readonly seq: number;
  readonly invocation_id: string;
  readonly output_case: string;
  readonly result: string;
  readonly assumed: number;
}

export function sameWritten(a: WrittenEvent, b: WrittenEvent): boolean {
  if (a.id !== b.id || a.seq !== b.seq) return false;
  if (a.kind === "completion") {
    return (
      b.kind === "completion" &&
      a.result === b.result &&
      a.output_case === b.output_case &&
      a.invocation_id === b.invocation_id &&
      a.assumed === b.assumed
    );
  }
  return (
    b.kind === "invocation" &&
    a.args === b.args &&
    a.action_uri === b.action_uri &&
    a.flow_token === b.flow_token &&
    a.cause?.completion_id === b.cause?.completion_id &&
    a.cause?.sync_id === b.cause?.sync_id &&
    a.cause?.bindings === b.cause?.bindings
  );
}
