import { type Diagnostic, diagnostic, didYouMean } from "../diag/mod.ts";
import { checkValue } from "./check_value.ts";
import { ConfigError } from "./config_error.ts";
import type { ConfigKey } from "./config_key.ts";
import type { Settings } from "./load_config.ts";
import { fallbackOf } from "./resolve_setting.ts";
import { RUNTIME_KEYS } from "./runtime_keys.ts";
import { type RuntimeSettings, runtimeSettings } from "./runtime_settings.ts";
import type { Setting } from "./setting.ts";

type Keys = typeof RUNTIME_KEYS;
type ValueOf<K> = K extends ConfigKey<infer T> ? Readonly<T> : never;

/** What the library has of the section `runtime:` (flows §14, §19): the same keys; nothing is read from a file. */
export type RuntimeConfig = { readonly [K in keyof Keys]?: ValueOf<Keys[K]> | undefined };

/** None of the section's defaults depends on the machine. */
const MACHINE = { cores: 1 };

/**
 * Holds a configuration of the library to the rules of the file's section; what it leaves out has its default.
 *
 * @param instead what beats it, held to the same rules
 *
 * @throws ConfigError with every finding, codes as flows §14 has them
 */
export function givenRuntime(given: unknown, instead: { readonly [K in keyof Keys]?: unknown } = {}): RuntimeSettings {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    const message = "runtime must be an object, from the keys of section runtime: to values";
    throw new ConfigError([diagnostic({ code: "E_CONFIG_SHAPE", message })]);
  }
  const findings: Diagnostic[] = [];
  const complain = (code: string, message: string, help: string | undefined) =>
    findings.push(diagnostic({ code, message, data: help === undefined ? undefined : { help } }));
  const keys = new Map<string, ConfigKey>(Object.entries(RUNTIME_KEYS));
  const settings = new Map<string, Setting>();
  for (const [name, key] of keys) {
    settings.set(name, { value: fallbackOf(key, MACHINE), origin: { kind: "default" } });
  }
  for (const [name, value] of Object.entries({ ...given, ...instead })) {
    const key = keys.get(name);
    if (key === undefined) {
      complain("E_CONFIG_UNKNOWN_KEY", `unknown key runtime.${name}`, didYouMean(name, keys.keys()));
    } else if (value !== undefined) {
      const checked = checkValue(key, value);
      if (checked.ok) settings.set(name, { value: checked.value, origin: { kind: "default" } });
      else complain(key.code ?? "E_CONFIG_SHAPE", checked.wrong.message, checked.wrong.help);
    }
  }
  if (findings.length > 0) throw new ConfigError(findings);
  return runtimeSettings(Object.fromEntries(settings) as Settings<"runtime">).settings;
}
