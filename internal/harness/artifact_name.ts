/** Longest name that is kept whole, in characters. */
const LONGEST = 120;
const HASH_DIGITS = 8;

/**
 * `text` as a part of a file name (ami-tests §10): every character outside `A-Z a-z 0-9 . _ -` becomes `_`; a name of
 * more than `longest` characters keeps so many of its first ones that `~` and 8 hex digits of its SHA-256 fit.
 *
 * @example safeName("dir/t_test.ami_a b/c") // "dir_t_test.ami_a_b_c"
 */
export function safeName(text: string, longest = LONGEST): string {
  // With the u flag a character is a code point: an emoji becomes one `_`.
  const name = text.replace(/[^A-Za-z0-9._-]/gu, "_");
  if (name.length <= longest) return name;
  const hash = Bun.CryptoHasher.hash("sha256", name, "hex").slice(0, HASH_DIGITS);
  return `${name.slice(0, longest - HASH_DIGITS - 1)}~${hash}`;
}

/** The safe name of a case: `<rel>_<case>`, with the path of its file from the root. */
export function caseArtifactName(file: string, caseName: string): string {
  return safeName(`${file}_${caseName}`);
}

/** Hands out names that differ: those that collide get `_2`, `_3` in the order in which they are asked for. */
export class ArtifactNames {
  readonly #taken = new Set<string>();
  readonly #last = new Map<string, number>();

  /**
   * Takes `name`, or the first of `name_2`, `name_3` that is free, and returns it. With `endings` the files are
   * `name` + ending, and all of them must be free.
   */
  claim(name: string, endings: readonly string[] = [""]): string {
    // Goes on after the last number given for this name, or ten thousand cases of one name would cost fifty million looks.
    for (let n = (this.#last.get(name) ?? 0) + 1; ; n += 1) {
      const candidate = n === 1 ? name : `${name}_${n}`;
      if (endings.some((ending) => this.#taken.has(candidate + ending))) continue;
      for (const ending of endings) this.#taken.add(candidate + ending);
      this.#last.set(name, n);
      return candidate;
    }
  }
}
