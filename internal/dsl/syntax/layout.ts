/** A text that stands for itself: the rest of a line behind its colon or dash, trailing blanks kept. */
export interface Scalar {
  readonly kind: "scalar";
  readonly text: string;
  /** UTF-16 index of its first character. */
  readonly at: number;
}

/** A line `key: …` with what belongs to it. */
export interface KeyEntry {
  readonly kind: "key";
  /** Quotes kept. */
  readonly key: string;
  /** Of the key's first character. */
  readonly at: number;
  readonly value: Node;
}

/** A line without a colon that could split it: only statements of a .pdl are written so. */
export interface BareEntry {
  readonly kind: "bare";
  readonly text: string;
  readonly at: number;
}

export type Entry = KeyEntry | BareEntry;

/** Lines of one indentation. */
export interface Mapping {
  readonly kind: "mapping";
  /** Of its first line's text. Of an empty one behind the colon; in a list, as an item `- key:`, of the key. */
  readonly at: number;
  /** All as they are written: repeated keys too. */
  readonly entries: readonly Entry[];
}

/** Lines of one indentation that begin with `- `. */
export interface List {
  readonly kind: "list";
  readonly at: number;
  readonly items: readonly Node[];
}

export type Node = Scalar | Mapping | List;

/** A file as a tree. */
export interface Layout {
  readonly root: Mapping;
  /** Where the first content line begins: it is not indented. */
  readonly start: number;
}

/**
 * The entries that count: of a key that is written twice the last value, at the first one's place (flows §1). Bare lines
 * stay where they are.
 */
export function entriesOf({ entries }: Mapping): readonly Entry[] {
  return hasRepeats(entries) ? lastOfEach(entries) : entries;
}

/** Mappings are small as a rule: then comparing all with all is quicker than a set. */
const SMALL = 8;

function hasRepeats(entries: readonly Entry[]): boolean {
  if (entries.length > SMALL) {
    const keys = entries.flatMap((entry) => (entry.kind === "key" ? [entry.key] : []));
    return new Set(keys).size < keys.length;
  }
  return entries.some((entry, i) => entry.kind === "key" && keyStandsBefore(entries, i, entry.key));
}

function keyStandsBefore(entries: readonly Entry[], end: number, key: string): boolean {
  for (let i = 0; i < end; i += 1) {
    const entry = entries[i];
    if (entry?.kind === "key" && entry.key === key) return true;
  }
  return false;
}

function lastOfEach(entries: readonly Entry[]): readonly Entry[] {
  const places = new Map<string, number>();
  const kept: Entry[] = [];
  for (const entry of entries) {
    const place = entry.kind === "key" ? places.get(entry.key) : undefined;
    const first = place === undefined ? undefined : kept[place];
    if (place !== undefined && first !== undefined && entry.kind === "key") {
      kept[place] = { ...entry, at: first.at };
      continue;
    }
    if (entry.kind === "key") places.set(entry.key, kept.length);
    kept.push(entry);
  }
  return kept;
}
