import { LineIndex } from "../../diag/mod.ts";

/** The text of a .wdl or .pdl file. */
export interface DslSource {
  /** As every output names it: from the working directory, `/`-separated. */
  readonly path: string;
  /** As it was read, a byte-order mark included. */
  readonly text: string;
  readonly lines: LineIndex;
}

/** @param path as every output is to name it */
export function dslSource(path: string, text: string): DslSource {
  return { path, text, lines: new LineIndex(text) };
}
