import { didYouMean } from "../diag/mod.ts";
import { checkValue } from "./check_value.ts";
import type { Flag } from "./flag.ts";
import { UsageError } from "./usage_error.ts";

/** Whether a word is written as a flag. A lone `-` is a value: stdin or stdout (DESIGN, output). */
export function looksLikeFlag(word: string): boolean {
  return word.startsWith("-") && word !== "-";
}

/**
 * Reads flags off a list of words and keeps their values: the check that citty does not make (spec/cli.md: it lets
 * unknown flags pass, keeps the last of a repeated one and takes `--json` as the value of a flag before it).
 */
export class FlagReader {
  readonly values = new Map<string, readonly string[]>();

  /**
   * Reads the flag at `words[at]` with what belongs to it.
   *
   * @returns the index of the next word
   * @throws UsageError
   */
  read(words: readonly string[], at: number, table: readonly Flag[], elsewhere: readonly Flag[] = []): number {
    const word = words[at] ?? "";
    if (!word.startsWith("--")) return this.#readShorts(word, at, table);
    const equals = word.indexOf("=");
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
    const flag = table.find((candidate) => candidate.name === name);
    if (flag === undefined) throw unknownFlag(name, table, elsewhere);
    if (equals >= 0) {
      if (flag.kind === "boolean") {
        throw new UsageError("E_USAGE_VALUE", `--${name} takes no value, found ${word}`, `--${name}`);
      }
      this.#keep(flag, [word.slice(equals + 1)]);
      return at + 1;
    }
    return this.#readFollowing(flag, words, at, table);
  }

  #readFollowing(flag: Flag, words: readonly string[], at: number, table: readonly Flag[]): number {
    if (flag.kind === "boolean" || flag.kind === "optional") {
      this.#keep(flag, []);
      return at + 1;
    }
    let end = at + 1;
    const most = flag.kind === "list" ? words.length : at + 2;
    while (end < Math.min(most, words.length) && !looksLikeFlag(words[end] ?? "")) end += 1;
    if (end === at + 1) throw missingValue(flag, words[end], table);
    this.#keep(flag, words.slice(at + 1, end));
    return end;
  }

  #readShorts(word: string, at: number, table: readonly Flag[]): number {
    for (const letter of word.slice(1)) {
      const flag = table.find((candidate) => candidate.short === letter);
      if (flag === undefined) throw unknownShort(word, letter, table);
      this.#keep(flag, []);
    }
    return at + 1;
  }

  #keep(flag: Flag, values: readonly string[]): void {
    const before = this.values.get(flag.name);
    if (before !== undefined && flag.repeatable !== true && flag.kind !== "list") {
      throw new UsageError("E_USAGE_REPEATED", `--${flag.name} is given twice`);
    }
    for (const value of values) checkValue(flag, value);
    this.values.set(flag.name, [...(before ?? []), ...values]);
  }
}

function unknownFlag(name: string, table: readonly Flag[], elsewhere: readonly Flag[]): UsageError {
  if (elsewhere.some((flag) => flag.name === name)) {
    return new UsageError("E_USAGE_FLAG", `--${name} belongs to a command and stands after its name`);
  }
  return new UsageError("E_USAGE_FLAG", `unknown flag --${name}`, nearFlag(name, [...table, ...elsewhere]));
}

/** `-json` is more likely a long flag with one dash than four short ones. */
function unknownShort(word: string, letter: string, table: readonly Flag[]): UsageError {
  const name = word.slice(1);
  const long = table.some((flag) => flag.name === name) ? `--${name}` : nearFlag(name, table);
  const message = name === letter ? `unknown flag ${word}` : `unknown flag -${letter} in ${word}`;
  return new UsageError("E_USAGE_FLAG", message, name === letter ? undefined : long);
}

function nearFlag(name: string, table: readonly Flag[]): string | undefined {
  const near = didYouMean(
    name,
    table.map((flag) => flag.name),
  );
  return near === undefined ? undefined : `--${near}`;
}

function missingValue(flag: Flag, next: string | undefined, table: readonly Flag[]): UsageError {
  const message = `--${flag.name} needs a value`;
  if (next === undefined || next === "--") return new UsageError("E_USAGE_VALUE", message);
  const isFlag = table.some(({ name, short }) => next.split("=")[0] === `--${name}` || next === `-${short}`);
  return new UsageError(
    "E_USAGE_VALUE",
    isFlag
      ? `${message}, but the flag ${next} follows`
      : `${message}; one that starts with - is written --${flag.name}=${next}`,
  );
}
