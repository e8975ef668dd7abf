import type { ValueObject } from "../flow/mod.ts";
import type { PeerError } from "./messages.ts";

/** The executor's answer to a request. */
export type Reply = { readonly ok: true; readonly result: ValueObject; readonly bytes: number } | ErrorReply;

export interface ErrorReply {
  readonly ok: false;
  readonly error: PeerError;
  /** Of its line. */
  readonly bytes: number;
}
