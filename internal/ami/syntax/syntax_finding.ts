/** What is wrong with a file, at UTF-16 indexes of its text. Codes that begin with `W_` are warnings, all others errors. */
export interface SyntaxFinding {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What was probably meant, in full. */
  readonly help?: string;
}
