/** An event as a store writes it and a log has it: JSON as its text. Equal events have equal fields. */
export type WrittenEvent = WrittenInvocation | WrittenCompletion;

export interface WrittenInvocation {
  readonly kind: "invocation";
  readonly id: string;
  readonly seq: number;
  readonly flow_token: string;
  readonly action_uri: string;
  readonly args: string;
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

/** What made an invocation. */
export interface WrittenFiring {
  readonly invocation_id: string;
  readonly completion_id: string;
  readonly sync_id: string;
  /** A log of version 1 has none. */
  readonly bindings: string | null;
}

/** Told of what a store writes, as it writes it, before the unit ends. */
export interface WriteObserver {
  event(event: WrittenEvent): void;
  /** Behind the invocation that it made. */
  firing(firing: WrittenFiring): void;
}

export function sameEvent(a: WrittenEvent, b: WrittenEvent): boolean {
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
  return b.kind === "invocation" && a.args === b.args && a.action_uri === b.action_uri && a.flow_token === b.flow_token;
}

export function sameFiring(a: WrittenFiring, b: WrittenFiring): boolean {
  return (
    a.invocation_id === b.invocation_id &&
    a.completion_id === b.completion_id &&
    a.sync_id === b.sync_id &&
    a.bindings === b.bindings
  );
}
