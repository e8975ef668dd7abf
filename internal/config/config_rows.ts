import type { ConfigKey } from "./config_key.ts";
import { SECTIONS } from "./config_keys.ts";
import type { Config } from "./load_config.ts";
import { environmentName, originText, type Setting } from "./setting.ts";

/** One row of `plumb help config`. */
export interface ConfigRow {
  readonly key: string;
  readonly value: string;
  /** Where the value comes from. */
  readonly origin: string;
  readonly default: string;
  readonly help: string;
  /** The flag and the environment variable that set it; empty if there are none. */
  readonly setBy: readonly string[];
}

/** Every key with its default, its present value and where that comes from, in table order. */
export function configRows(config: Config): readonly ConfigRow[] {
  return [
    ...sectionRows(SECTIONS.runtime, config.section("runtime")),
    ...sectionRows(SECTIONS.test, config.section("test")),
  ];
}

/** The default of a key as help shows it. */
export function defaultText(key: ConfigKey): string {
  return key.fallbackText ?? valueText(key.fallback);
}

function sectionRows(
  keys: Record<string, ConfigKey>,
  settings: Readonly<Record<string, Setting>>,
): readonly ConfigRow[] {
  return Object.entries(keys).flatMap(([name, key]) => {
    const setting = settings[name];
    if (setting === undefined) return [];
    return [
      {
        key: key.id,
        value:
          setting.origin.kind === "default" && setting.value === null ? defaultText(key) : valueText(setting.value),
        origin: originText(setting.origin),
        default: defaultText(key),
        help: key.help,
        setBy: key.flag === undefined ? [] : [`--${key.flag}`, environmentName(key.flag)],
      },
    ];
  });
}

function valueText(value: unknown): string {
  if (value === null) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
