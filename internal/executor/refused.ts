import type { ValueObject } from "../flow/mod.ts";

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
