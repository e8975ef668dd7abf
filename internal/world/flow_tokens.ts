/** Mints the tokens that tie the invocations of one flow together (scenarios §9). */
export interface FlowTokens {
  generate(): string;
}
