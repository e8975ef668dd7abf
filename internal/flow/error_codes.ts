import { EXIT, type ExitCode } from "../diag/mod.ts";

/** The codes of REP (flows §12) that plumb itself gives. */
export const RUN_CODE = {
  irVersion: 1001,
  capabilities: 1002,
  invalid: 1003,
  stepFailed: 2001,
  transport: 3001,
  executor: 3002,
} as const;

/** An error that a retry may mend, by its code. */
export function isStepFailure(code: number): boolean {
  return code >= 2000 && code <= 2999;
}

function isRefusal(code: number): boolean {
  return code >= 1000 && code <= 1999;
}

/** The exit code of a run that failed with an error of this code (flows §15). */
export function exitOfRunError(code: number): ExitCode {
  if (isStepFailure(code)) return EXIT.failure;
  return isRefusal(code) ? EXIT.validation : EXIT.runtime;
}

/** The name of an error (flows §15), unless the engine knows a better one. */
export function nameOfRunError(code: number): string {
  if (isStepFailure(code)) return "E_STEP_FAILED";
  if (code === RUN_CODE.irVersion) return "E_IR_VERSION";
  if (code === RUN_CODE.capabilities) return "E_CAPABILITIES_MISMATCH";
  return isRefusal(code) ? "E_RUN_REFUSED" : "E_EXECUTOR_ERROR";
}
