import { diagnostic } from "../diag/mod.ts";
import { checkValue } from "./check_value.ts";
import { ConfigError } from "./config_error.ts";
import type { ConfigFile } from "./config_file.ts";
import type { ConfigKey, Machine, Relocate } from "./config_key.ts";
import { environmentName, type Origin, type Setting } from "./setting.ts";

/** The words of a flag that was given, or of the positionals that stand for one. */
export interface GivenWords {
  /** As messages show it: `--timeout`, `PATH`. */
  readonly name: string;
  readonly words: readonly string[];
}

/** Everything that may say what a key is. */
export interface Sources {
  /** By key id. */
  readonly given: ReadonlyMap<string, GivenWords>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly file: ConfigFile | undefined;
  readonly machine: Machine;
  /** Moves a path of the file, or of a flag or variable, to the working directory. */
  readonly fromFile: Relocate;
  readonly fromCommand: Relocate;
}

/**
 * The value in force of one key: flag, else environment, else file, else default (spec/cli.md).
 *
 * @throws ConfigError if a flag or a variable has a value that the key does not allow
 */
export function resolveSetting<T>(key: ConfigKey<T>, sources: Sources): Setting<T> {
  const given = sources.given.get(key.id);
  if (given !== undefined) {
    return fromWords(key, given.words, { kind: "flag", name: given.name }, sources.fromCommand);
  }
  const variable = key.flag === undefined ? undefined : environmentName(key.flag);
  const text = variable === undefined ? undefined : sources.env[variable];
  if (variable !== undefined && text !== undefined && text !== "") {
    const words = key.words === "list" ? text.split(",") : [text];
    return fromWords(key, words, { kind: "environment", name: variable }, sources.fromCommand);
  }
  const entry = sources.file?.values.get(key.id);
  if (sources.file !== undefined && entry !== undefined) {
    const checked = checkValue(key, entry.value);
    if (checked.ok) {
      const origin: Origin = { kind: "file", file: sources.file.shown, pos: entry.pos, source: sources.file.source };
      return { value: key.relocate?.(checked.value, sources.fromFile) ?? checked.value, origin };
    }
  }
  return { value: fallbackOf(key, sources.machine), origin: { kind: "default" } };
}

/** The value of a key without any source. */
export function fallbackOf<T>({ fallback: value }: ConfigKey<T>, machine: Machine): T {
  return value instanceof Function ? value(machine) : value;
}

function fromWords<T>(
  key: ConfigKey<T>,
  words: readonly string[],
  origin: Origin & { readonly name: string },
  relocate: Relocate,
): Setting<T> {
  const checked = checkValue(key, valueOfWords(key, words), origin.name);
  if (checked.ok) return { value: key.relocate?.(checked.value, relocate) ?? checked.value, origin };
  const { message, help } = checked.wrong;
  const code = key.code ?? "E_CONFIG_SHAPE";
  throw new ConfigError([diagnostic({ code, message, data: help === undefined ? undefined : { help } })]);
}

/** The words as a value for the schema, which refuses what does not fit. */
export function valueOfWords(key: ConfigKey, words: readonly string[]): unknown {
  const last = words.at(-1);
  switch (key.words ?? "text") {
    case "text":
      return last;
    case "integer":
      return last !== undefined && /^-?\d+$/.test(last) ? Number(last) : last;
    case "list":
      return [...words];
  }
}
