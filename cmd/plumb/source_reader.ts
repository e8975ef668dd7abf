import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { LineIndex } from "../../internal/diag/mod.ts";

/** Reads files for excerpts; findings of one file stand together, so that the last one is enough to keep. */
export function sourceReader(root: string): (file: string) => LineIndex | undefined {
  let last: { readonly file: string; readonly text: LineIndex | undefined } | undefined;
  return (file) => {
    if (last?.file !== file) last = { file, text: readSource(resolve(root, file)) };
    return last.text;
  };
}

/** Undefined for what is no file, such as a pipe that nobody writes into, or is gone since. Bytes that are no text show. */
function readSource(path: string): LineIndex | undefined {
  try {
    return statSync(path).isFile() ? new LineIndex(readFileSync(path, "utf8")) : undefined;
  } catch {
    return undefined;
  }
}
