import { LineIndex } from "../diag/mod.ts";
import type { KnownGlob } from "./options.ts";

/** The globs of a `--known-failing` file: one a line; blank lines and lines that start with `#` are skipped. */
export function readKnownFailing(text: string, file: string): KnownGlob[] {
  const lines = new LineIndex(text);
  const globs: KnownGlob[] = [];
  for (let line = 1; line <= lines.lineCount; line += 1) {
    const glob = lines.line(line).trim();
    if (glob !== "" && !glob.startsWith("#")) globs.push({ glob, file, pos: lines.position(lines.lineStart(line)) });
  }
  return globs;
}

/**
 * Matches a stable id. `*` stands for any text and `?` for one character, both also for `/`; everything else, brackets
 * and braces too, is literal, because an id that was copied from a report has to match itself.
 */
export function globMatcher(glob: string): (id: string) => boolean {
  const pattern = glob.replace(/[\\^$.|+()[\]{}*?]/g, (char) => {
    if (char === "*") return ".*";
    return char === "?" ? "." : `\\${char}`;
  });
  const regex = new RegExp(`^${pattern}$`, "su");
  return (id) => regex.test(id);
}
