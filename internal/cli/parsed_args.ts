/** A checked command line, split by the flag table of its command. `Name` are the flags that the command knows. */
export class ParsedArgs<Name extends string = string> {
  readonly #flags: ReadonlyMap<string, readonly string[]>;

  constructor(
    /** The values of each flag that was given; none for a boolean flag, or an optional value that was left out. */
    flags: ReadonlyMap<string, readonly string[]>,
    readonly positionals: readonly string[],
    /** What follows `--`, where the command keeps it apart. */
    readonly rest: readonly string[],
  ) {
    this.#flags = flags;
  }

  /** Whether the flag was given at all. */
  has(name: Name): boolean {
    return this.#flags.has(name);
  }

  /** The value of a flag; undefined if it was not given, or without a value. */
  value(name: Name): string | undefined {
    return this.#flags.get(name)?.at(-1);
  }

  /** All values of a flag in their order. */
  values(name: Name): readonly string[] {
    return this.#flags.get(name) ?? [];
  }

  /** The value of a flag whose table row says `integer`; undefined if it was not given or is one of its words. */
  integer(name: Name): number | undefined {
    const text = this.value(name);
    return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
  }
}
