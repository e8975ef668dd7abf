import type { FlowTokens } from "./flow_tokens.ts";

/** Always the token that it was given: what a scenario runs under, so that two runs have the same ids (scenarios §9). */
export class FixedFlowGenerator implements FlowTokens {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  generate(): string {
    return this.#token;
  }
}
