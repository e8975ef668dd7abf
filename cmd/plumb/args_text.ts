import { resolve } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { readInput } from "../../internal/config/mod.ts";
import { FileError } from "../../internal/files/mod.ts";

/**
 * What a flag `JSON|@FILE|-` stands for: the text itself, that of a file, or stdin's (spec/cli.md).
 *
 * @throws UsageError for a file that cannot be read
 */
export function argsText(flag: string, value: string, cwd: string): string {
  if (value !== "-" && !value.startsWith("@")) return value;
  const file = value.startsWith("@") ? value.slice(1) : "-";
  const shown = file === "-" ? "stdin" : file;
  if (file === "") throw new UsageError("E_USAGE_VALUE", `--${flag} @FILE names no file`);
  try {
    return readInput(file === "-" ? "-" : resolve(cwd, file));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new UsageError("E_USAGE_VALUE", `--${flag} ${value}: ${shown} cannot be read: ${error.message}`);
  }
}
