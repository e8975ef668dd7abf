import { LineIndex } from "../diag/mod.ts";
import type { KnownGlob } from "./options.ts";

/** The globs of a `--known-failing` file: one a line; blank lines and lines that start with `#` are skipped. */
export function readKnownFailing(text: string, file: string): KnownGlob[] {
  const lines = new LineIndex(text);
  const globs: KnownGlob[] = [];
  for (let line = 1; line <= lines.lineCount; line += 1) {
    const glob = lines.line(line).trim();
    if (glob !== "" && !glob.startsWith("#")) globs.push({ glob, file, pos: lines.position(lines.lineStart(line)) });
  }
  return globs;
}

/** Which cases are expected to fail, and which of the globs nobody needed. */
export class KnownFailing {
  readonly #globs: readonly KnownGlob[];
  /** By their text, because a list of thousands is mostly ids. */
  readonly #literal = new Map<string, KnownGlob[]>();
  readonly #patterns: KnownGlob[] = [];
  readonly #used = new Set<KnownGlob>();

  constructor(globs: readonly KnownGlob[]) {
    this.#globs = globs;
    for (const entry of globs) {
      if (/[*?]/.test(entry.glob)) this.#patterns.push(entry);
      const same = this.#literal.get(entry.glob);
      if (same === undefined) this.#literal.set(entry.glob, [entry]);
      else same.push(entry);
    }
  }

  matches(id: string): boolean {
    const matching = [...(this.#literal.get(id) ?? []), ...this.#patterns.filter(({ glob }) => matchesGlob(glob, id))];
    for (const entry of matching) this.#used.add(entry);
    return matching.length > 0;
  }

  /** The globs that matched none of the ids that were asked for, in their order. */
  unused(): readonly KnownGlob[] {
    return this.#globs.filter((entry) => !this.#used.has(entry));
  }
}

/**
 * Does a glob match a whole stable id? `*` stands for any text and `?` for one character, both also for `/`; everything
 * else, brackets and braces too, is literal, because an id that was copied from a report has to match itself. Takes at
 * most the product of both lengths.
 */
export function matchesGlob(glob: string, id: string): boolean {
  const pattern = [...glob];
  const text = [...id];
  let p = 0;
  let star = -1;
  let from = 0;
  for (let t = 0; t < text.length; ) {
    if (pattern[p] === "*") {
      star = p++;
      from = t;
    } else if (pattern[p] === "?" || (p < pattern.length && pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      p = star + 1;
      t = ++from;
    } else return false;
  }
  while (pattern[p] === "*") p += 1;
  return p === pattern.length;
}
