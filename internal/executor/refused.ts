import type { ValueObject } from "../flow/mod.ts";

/** JSON-RPC's own errors (flows §12). */
export const RPC = {
  notJson: -32700,
  notRequest: -32600,
  noMethod: -32601,
  badParams: -32602,
  internal: -32603,
} as const;

/** A request that is answered with an error. */
export class Refused extends Error {
  override readonly name = "Refused";

  constructor(
    readonly code: number,
    message: string,
    readonly data?: ValueObject,
  ) {
    super(message);
  }
}
