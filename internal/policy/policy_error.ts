/** Where in a policy something went wrong. */
export interface PolicyPlace {
  readonly policy: string;
  readonly file: string;
  /** From 1; 0 where a policy document tells no position, as of its emit fields. */
  readonly line: number;
  readonly column: number;
  /** The emit field, as a path: `reason`, `a.b`, `list[0]`. */
  readonly field?: string | undefined;
  /** The text that was evaluated. */
  readonly expression: string;
}

/** A policy that cannot be evaluated (flows §4): it fails the step and is never turned into an action. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
  readonly policy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly field: string | undefined;
  readonly expression: string;
  /** The message without the place. */
  readonly reason: string;

  constructor(reason: string, place: PolicyPlace) {
    const { policy, file, line, column, field, expression } = place;
    const at = line > 0 ? `${file}:${line}:${column}` : file;
    super(`policy ${policy}: ${at}: ${field === undefined ? "" : `emit.${field}: `}${reason}`);
    this.policy = policy;
    this.file = file;
    this.line = line;
    this.column = column;
    this.field = field;
    this.expression = expression;
    this.reason = reason;
  }

  /** What the failed step says of it in `error.data.details` (flows §4). */
  get details(): PolicyErrorDetails {
    const { policy, file, line, column, field, expression } = this;
    return { cause: "Policy", policy, file, line, column, ...(field === undefined ? {} : { field }), expression };
  }
}

export interface PolicyErrorDetails {
  readonly cause: "Policy";
  readonly policy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly field?: string;
  readonly expression: string;
}
