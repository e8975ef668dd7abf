import { resolve } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { readInput, type Setting, TEST_KEYS } from "../../internal/config/mod.ts";
import { FileError } from "../../internal/files/mod.ts";
import { type KnownGlob, readKnownFailing } from "../../internal/harness/mod.ts";
import { refuseSetting } from "./refuse_setting.ts";

/**
 * The globs of the file that `--known-failing` or its key names (spec/cli.md); `-` is stdin. Undefined if none is named.
 *
 * @param runtimeConfig the file of `--runtime-config`, which may be stdin too
 * @throws UsageError, ConfigError if the file cannot be read
 */
export function knownFailing(
  setting: Setting<string | null>,
  cwd: string,
  runtimeConfig: string | undefined,
): readonly KnownGlob[] | undefined {
  const file = setting.value;
  if (file === null) return undefined;
  if (file === "-" && runtimeConfig === "-") {
    throw new UsageError("E_USAGE_CONFLICT", "--runtime-config and --known-failing cannot both be read from stdin");
  }
  const [path, shown] = file === "-" ? ["-", "stdin"] : [resolve(cwd, file), file];
  try {
    return readKnownFailing(readInput(path), shown);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const place = error.pos === undefined ? "" : `:${error.pos.line}:${error.pos.column}`;
    throw refuseSetting(TEST_KEYS.known_failing, setting, `${shown}${place} cannot be read: ${error.message}`);
  }
}
