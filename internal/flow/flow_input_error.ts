import type { Diagnostic, LineIndex } from "../diag/mod.ts";

/** What is wrong with a flow, its inputs or its configuration before anything ran: exit 2 (flows §19). */
export class FlowInputError extends Error {
  override readonly name = "FlowInputError";
  /** Of the first of `diagnostics` that is an error. */
  readonly code: string;
  /** Everything that is wrong, errors and warnings. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    diagnostics: readonly Diagnostic[],
    /** The texts that positions point into, by the name of the file, for excerpts. */
    readonly sources: ReadonlyMap<string, LineIndex> = new Map(),
  ) {
    const errors = diagnostics.filter(({ level }) => level === "error");
    super(errors.map(({ message }) => message).join("; "));
    this.code = errors[0]?.code ?? "E_FLOW";
    this.diagnostics = diagnostics;
  }
}
