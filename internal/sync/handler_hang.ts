/**
 * E_WORKER_HANG: a handler holds its thread (scenarios.md §3, Time limit). Thrown out of `invoke` and `recover`; nothing of the
 * unit is kept, and the engine must not be used again.
 */
export class HandlerHang extends Error {
  override readonly name = "HandlerHang";
  readonly code = "E_WORKER_HANG";

  constructor(
    message: string,
    /** Of the flow that the call belonged to; it stays open. */
    readonly flowToken: string,
  ) {
    super(message);
  }
}
