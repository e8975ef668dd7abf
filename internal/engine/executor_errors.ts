import { isStepFailure, nameOfRunError, RUN_CODE, type RunError, type ValueObject } from "../flow/mod.ts";
import { blameOf, faultName, type Handshake, type PeerError, type RepFault } from "../rep/mod.ts";
import { isObject, type Value } from "../value/mod.ts";

/** A failure between plumb and an executor: 3001 (flows §13, Failures). */
export function errorOfFault({ cause, message, details }: RepFault): RunError {
  const data = { retriable: false, details: { cause, ...details }, blame: blameOf(cause) };
  return { code: RUN_CODE.transport, name: faultName(cause), message, data };
}

/**
 * What an executor says went wrong, in the reply to a request or, `inRun`, in the last Poll. The failure of a step may be the
 * subject's; everything else is the executor's.
 */
export function errorOfPeer({ code, message, data }: PeerError, inRun: boolean): RunError {
  const told: ValueObject = isValueObject(data) ? data : {};
  const isSteps = inRun && isStepFailure(code) && typeof told.step_id === "string";
  return {
    code,
    name: nameOfRunError(code),
    message,
    data: isSteps || "blame" in told ? told : { ...told, blame: "executor" },
  };
}

/** A run that failed without saying why (flows §12, Errors). */
export function errorUnsaid(): RunError {
  const code = RUN_CODE.stepFailed;
  const message = "the executor reported a failed run without an error";
  return { code, name: nameOfRunError(code), message, data: { retriable: false, details: {}, blame: "executor" } };
}

/** An executor whose answer to Capabilities rules it out. */
export function errorOfHandshake({ name, message }: Extract<Handshake, { kind: "unfit" }>): RunError {
  return { code: RUN_CODE.invalid, name, message, data: { retriable: false, details: {}, blame: "protocol" } };
}

/** A flow that is longer than the frames that the executor takes. */
export function errorTooLarge(bytes: number, limit: number): RunError {
  const message = `the flow with its inputs takes a frame of ${bytes} bytes; the executor takes at most ${limit}`;
  const data = { retriable: false, details: { bytes, limit } };
  return { code: RUN_CODE.invalid, name: "E_REP_TOO_LARGE", message, data };
}

function isValueObject(value: unknown): value is ValueObject {
  return isObject(value as Value);
}
