/** What a flag takes: nothing, one value, one by `=` only (`[=X]`), or every following word that is no flag (`…`). */
export type FlagKind = "boolean" | "value" | "optional" | "list";

/** One flag of a table. Parsing, usage text, completions and the manual page are all made from it (spec/cli.md). */
export interface Flag<Name extends string = string> {
  /** Without the leading `--`. */
  readonly name: Name;
  /** One letter, without the leading `-`. Only boolean flags have one. */
  readonly short?: string;
  readonly kind: FlagKind;
  /** The word that stands for the value in usage text: `MS`, `FILE`. */
  readonly value?: string;
  /** The words it accepts. With `integer` too, those besides integers. */
  readonly choices?: readonly string[];
  /** Further words it accepts that usage text does not show: other names of a choice. */
  readonly aliases?: readonly string[];
  /** The value is one or more of `choices`, separated by commas. */
  readonly commas?: boolean;
  readonly integer?: { readonly min: number; readonly max: number };
  /** The value is a file or a folder: it is never empty. */
  readonly path?: boolean;
  /** Words that completions offer where `choices` would refuse too much: the names in `NAME[=FILE]`. */
  readonly suggestions?: readonly string[];
  /** Refuses a value that the other columns cannot describe. */
  readonly check?: (text: string) => Refusal | undefined;
  /** As usage text shows it. Of a boolean flag: `off` unless given. */
  readonly default?: string;
  /** It may be given several times and keeps all its values. Lists always may. */
  readonly repeatable?: boolean;
  /** One line, without its default. */
  readonly help: string;
  /** Its key in plumb.yaml, such as `test.parallel`: then `PLUMB_<FLAG>` is read too. */
  readonly config?: string;
}

/** Why a value is refused. */
export interface Refusal {
  /** What the value should have been: `a regular expression`. */
  readonly expected: string;
  /** The corrected value, where it can be guessed. */
  readonly help?: string | undefined;
}

/** How usage text spells a flag with its value: `--shard I/N`, `--trace[=FILE]`, `--sources PATH…`. */
export function flagUsage(flag: Flag): string {
  const value = valueUsage(flag);
  switch (flag.kind) {
    case "boolean":
      return `--${flag.name}`;
    case "value":
      return `--${flag.name} ${value}`;
    case "optional":
      return `--${flag.name}[=${value}]`;
    case "list":
      return `--${flag.name} ${value}…`;
  }
}

/** The default as usage text shows it; every flag has one. */
export function flagDefault(flag: Flag): string {
  return flag.default ?? (flag.kind === "boolean" ? "off" : "none");
}

function valueUsage(flag: Flag): string {
  if (flag.value !== undefined) return flag.value;
  return flag.choices === undefined ? "VALUE" : flag.choices.join("|");
}
