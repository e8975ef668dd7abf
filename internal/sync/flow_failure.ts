import type { Place } from "../concept/mod.ts";
import type { ValueErrorCode } from "../value/mod.ts";

/** What a flow failure may be (scenarios.md §5); one that is read back from a log has any code. */
export type FlowFailureCode =
  | "E_NO_OUTPUT"
  | "E_ACTION_FAILED"
  | "E_ACTION_TIMEOUT"
  | "E_ACTION_UNIMPLEMENTED"
  | "E_RESULT_CASE"
  | "E_RESULT_FIELD"
  | "E_RESULT_TYPE"
  | "E_SYNC_CYCLE"
  | "E_SYNC_ARG_TYPE"
  | "E_QUOTA_EXCEEDED"
  | ValueErrorCode
  | (string & {});

/** Thrown within a unit: undoes it, and closes its flow (T4). The message is what the log keeps, without the code. */
export class FlowFailure extends Error {
  override readonly name = "FlowFailure";

  constructor(
    readonly code: FlowFailureCode,
    message: string,
    readonly at?: Place | undefined,
    options?: ErrorOptions,
  ) {
    // The log keeps it as strict JSON; a handler may throw any text.
    super(message.toWellFormed().normalize("NFC"), options);
  }
}

/** `inventory.concept.yaml:45:13`: without folders, so that a log is the same wherever the specs lie. */
export function placeText({ file, pos }: Place): string {
  return `${file.slice(file.lastIndexOf("/") + 1)}:${pos.line}:${pos.column}`;
}
