export type ValueErrorCode =
  | "E_VALUE_SYNTAX"
  | "E_VALUE_DEPTH"
  | "E_VALUE_DUPLICATE_KEY"
  | "E_VALUE_SURROGATE"
  | "E_VALUE_NUMBER"
  | "E_VALUE_NULL"
  | "E_VALUE_FLOAT"
  | "E_VALUE_RANGE"
  | "E_VALUE_TYPE";

/** Where a value broke a rule; what is unknown is left out. */
export interface ValueErrorPlace {
  readonly path?: string | undefined;
  readonly offset?: number | undefined;
  readonly help?: string | undefined;
}

/** A text or a value that breaks a rule of its profile (scenarios.md §1). The message does not repeat the code. */
export class ValueError extends Error {
  override readonly name = "ValueError";
  readonly code: ValueErrorCode;
  /** JSON path of the value, `$` for the whole; none for E_VALUE_SYNTAX and E_VALUE_DEPTH. */
  readonly path: string | undefined;
  /** UTF-16 index in the text that was read; none where a value was checked. */
  readonly offset: number | undefined;
  /** What to write instead, where that can be guessed. */
  readonly help: string | undefined;

  constructor(code: ValueErrorCode, message: string, place: ValueErrorPlace = {}) {
    super(message);
    this.code = code;
    this.path = place.path;
    this.offset = place.offset;
    this.help = place.help;
  }
}
