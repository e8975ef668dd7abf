import { diagnostic } from "../diag/mod.ts";
import { ConfigError } from "./config_error.ts";
import type { ConfigKey } from "./config_key.ts";
import type { Setting } from "./setting.ts";

/**
 * The error for a value that its key allows but that cannot be used, such as a file that is missing: told where the
 * value comes from.
 */
export function settingError(key: ConfigKey, { origin }: Setting, why: string): ConfigError {
  const code = key.code ?? "E_CONFIG_SHAPE";
  switch (origin.kind) {
    case "flag":
    case "environment":
      return new ConfigError([diagnostic({ code, message: `${origin.name}: ${why}` })]);
    case "file": {
      const { file, pos, source } = origin;
      return new ConfigError([diagnostic({ code, message: `${key.id}: ${why}`, file, pos })], source);
    }
    case "default":
      return new ConfigError([diagnostic({ code, message: `${key.id}: ${why}` })]);
  }
}
