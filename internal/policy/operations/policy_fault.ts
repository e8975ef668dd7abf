/** What an expression may not do: the reason of a policy error, which gets its place from whoever evaluates. */
export class PolicyFault extends Error {
  override readonly name = "PolicyFault";
}
