import { UsageError } from "../../internal/cli/mod.ts";
import { type ConfigError, type ConfigKey, type Setting, settingError } from "../../internal/config/mod.ts";

/**
 * The error for a setting whose value cannot be used, told where the value comes from: the flag or argument of the
 * command line, the variable, or the place in plumb.yaml. Exit 2, whichever it is.
 */
export function refuseSetting(key: ConfigKey, setting: Setting, why: string): UsageError | ConfigError {
  const { origin } = setting;
  if (origin.kind !== "flag") return settingError(key, setting, why);
  // `nope does not exist` needs no name of the argument in front of it.
  if (!origin.name.startsWith("--")) return new UsageError("E_USAGE_ARGUMENT", why);
  return new UsageError("E_USAGE_VALUE", `${origin.name}: ${why}`);
}
