import type { Diagnostic } from "../../internal/diag/mod.ts";

/** What is checked: a file, and what findings call it. */
export interface CheckedFile {
  /** Absolute. */
  readonly path: string;
  /** Its path from the working directory, `/`-separated. */
  readonly file: string;
}

/** Finds what is wrong with a file, and with those that it needs. */
export type Check = (file: CheckedFile) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>;

/** A kind of input: how it is known by the name of a file, and what checks it. */
export interface Kind {
  /** As messages show it. */
  readonly pattern: string;
  readonly matches: (name: string) => boolean;
  /** Looked for in folders only: a file of it that is given by name is none that can be checked. */
  readonly isOnlyFound?: true;
  /** Called once a command line, so that files of a kind may share what they need. `files`: all that are to be checked. */
  readonly open: (cwd: string, files: readonly CheckedFile[]) => Check;
}
