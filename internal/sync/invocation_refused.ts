import type { Diagnostic } from "../diag/mod.ts";
import type { Refused } from "./outcome.ts";

/** An invocation of which nothing was recorded (scenarios.md §3, Invoking). */
export class InvocationRefused extends Error {
  override readonly name = "InvocationRefused";
  readonly code: string;
  readonly findings: readonly Diagnostic[];

  constructor({ code, message, findings }: Refused) {
    super(message);
    this.code = code;
    this.findings = findings;
  }
}
