import { relative } from "node:path";
import type { CaseOptions } from "./options.ts";

/** The one command line that runs this case alone, in the same world (DESIGN, determinism). */
export function reproCommand(
  path: string,
  id: string,
  options: Pick<CaseOptions, "cwd" | "seed" | "timeoutMs" | "strict">,
): string {
  const words = [
    "plumb",
    "test",
    relative(options.cwd, path),
    "--run",
    `^${escapeRegex(id)}$`,
    "--seed",
    String(options.seed),
  ];
  if (options.timeoutMs > 0) words.push("--timeout", String(options.timeoutMs));
  if (options.strict) words.push("--strict");
  return words.map(shellWord).join(" ");
}

/** A text as one word of a POSIX shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
