import { relative } from "node:path";
import { WATCHDOG_MS } from "../ts_workers/mod.ts";
import type { CaseFile } from "./file_loader.ts";
import type { TestOptions } from "./options.ts";

/** Everything that can change the verdict of a case, and the folder that paths are told from. */
type ReproOptions = Pick<TestOptions, "cwd" | "seed" | "timeoutMs" | "strict" | "openModules" | "watchdogMs">;

/**
 * The one command line that runs this case in the same world (DESIGN, determinism): it alone, or where cases share a store
 * all of its file, because what came before it is part of its world.
 */
export function reproCommand(
  { path, file, shared }: Pick<CaseFile, "path" | "file" | "shared">,
  id: string,
  options: ReproOptions,
): string {
  const pattern = shared.size > 0 ? `^${escapeRegex(file)}::` : `^${escapeRegex(id)}$`;
  const words = [
    "plumb",
    "test",
    pathWord(relative(options.cwd, path)),
    "--run",
    pattern,
    "--seed",
    String(options.seed),
  ];
  if (options.timeoutMs > 0) words.push("--timeout", String(options.timeoutMs));
  if (options.strict) words.push("--strict");
  // Either capability opens TypeScript modules, so which of them was given makes no difference.
  if (options.openModules) words.push("--allow", "fs");
  if (options.watchdogMs !== WATCHDOG_MS) words.push("--watchdog", String(options.watchdogMs));
  return words.map(shellWord).join(" ");
}

/** A path that no command line takes for a flag. */
function pathWord(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}

/** A text as one word of a POSIX shell. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
