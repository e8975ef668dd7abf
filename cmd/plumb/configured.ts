import type { Flag, ParsedArgs, Refusal } from "../../internal/cli/mod.ts";
import { type ConfigKey, checkValue, defaultText, type GivenWords, valueOfWords } from "../../internal/config/mod.ts";

interface Configured {
  readonly config: string;
  readonly default: string;
  readonly help: string;
  readonly check: (text: string) => Refusal | undefined;
}

/** What a flag takes over from its key in plumb.yaml: allowed values, default and meaning are said once, there. */
export function configured(key: ConfigKey): Configured {
  return {
    config: key.id,
    default: defaultText(key),
    help: key.help,
    check: (text) => {
      const checked = checkValue(key, valueOfWords(key, [text]));
      return checked.ok ? undefined : { expected: key.expected, help: checked.wrong.help };
    },
  };
}

/** The words of those flags of `flags` that have a key in plumb.yaml and were given, by key id. */
export function givenWords(flags: readonly Flag[], args: ParsedArgs): Map<string, GivenWords> {
  const given = new Map<string, GivenWords>();
  for (const { name, config } of flags) {
    if (config !== undefined && args.has(name)) given.set(config, { name: `--${name}`, words: args.values(name) });
  }
  return given;
}
