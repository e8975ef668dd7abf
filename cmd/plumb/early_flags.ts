import type { ColourChoice } from "../../internal/cli/mod.ts";

/** What has to be known before argv is checked, because an error in argv is told in colour and with its stack too. */
export interface EarlyFlags {
  readonly color: ColourChoice;
  readonly verbose: boolean;
}

/** Looks for `--color` and `-v` without judging anything. */
export function earlyFlags(argv: readonly string[]): EarlyFlags {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  const at = words.findIndex((word) => word === "--color" || word.startsWith("--color="));
  const word = words[at];
  return {
    color: colourChoice(word === "--color" ? words[at + 1] : word?.slice("--color=".length)),
    verbose: words.some((word) => word === "--verbose" || /^-[a-z]*v[a-z]*$/.test(word)),
  };
}

function colourChoice(text: string | undefined): ColourChoice {
  return text === "always" || text === "never" ? text : "auto";
}
