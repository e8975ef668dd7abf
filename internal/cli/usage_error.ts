/** What can be wrong with a command line. */
export type UsageCode =
  | "E_USAGE_COMMAND"
  | "E_USAGE_FLAG"
  | "E_USAGE_VALUE"
  | "E_USAGE_REPEATED"
  | "E_USAGE_ARGUMENT"
  | "E_USAGE_CONFLICT";

/** A command line that cannot be run: exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(
    readonly code: UsageCode,
    message: string,
    /** The corrected text, where it can be guessed. */
    readonly help?: string | undefined,
    /** The command that it was given to, once that is known. */
    readonly command?: string | undefined,
  ) {
    super(message);
  }

  /** The same error of a command. */
  of(command: string): UsageError {
    return new UsageError(this.code, this.message, this.help, command);
  }
}
