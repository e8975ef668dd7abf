import { didYouMean } from "../../diag/mod.ts";
import type { At } from "./cases.ts";
import { type Pair, type Payload, readPayload } from "./pragma_reader.ts";
import type { SourceLine } from "./pragma_source_line.ts";
import type { Key, Keys, PairPragma } from "./pragma_table.ts";
import { clip } from "./pragma_text.ts";
import type { Reading } from "./pragma_value_kind.ts";

/** What the keys of a pragma were given, with the types that its table says. */
export type Values<K extends Keys> = { readonly [N in keyof K]?: At<K[N] extends Key<infer T> ? T : never> };

/** What a line of a pragma says. It is of use only if the line has no finding. */
export interface PairLine<K extends Keys, W> {
  readonly word: W | undefined;
  readonly values: Values<K>;
}

/** Reads the payload of a line by its pragma's row of the table. What is wrong goes to the line's findings (ami-tests §1). */
export function readPairs<K extends Keys, W>(line: SourceLine, pragma: PairPragma<K, W>): PairLine<K, W> {
  const table = keyTable(pragma);
  const grammar = { word: pragma.word !== undefined, isKey: (name: string) => table.has(name) };
  const payload = readPayload(line.text, line.payloadStart, grammar);
  for (const { code, at, message, detailAt } of payload.flaws) {
    const detail = detailAt === undefined ? "" : ` (column ${line.position(detailAt).column})`;
    line.add(code, message + detail, at);
  }
  const word = readWord(line, pragma, payload);
  const pairs = knownPairs(line, table, payload);
  const values = readValues<K>(line, table, pairs.given);
  if (payload.whole) findMissing(line, pragma, payload, pairs);
  return { word, values };
}

interface TableKey {
  /** The name in the table, also for an alias. */
  readonly name: string;
  readonly key: Key;
}

type KeyTable = ReadonlyMap<string, TableKey>;

const TABLES = new WeakMap<PairPragma, KeyTable>();

/** The keys of a pragma by every spelling. */
function keyTable(pragma: PairPragma): KeyTable {
  const known = TABLES.get(pragma);
  if (known !== undefined) return known;
  const table = new Map<string, TableKey>();
  for (const [name, key] of Object.entries(pragma.keys)) {
    table.set(name, { name, key });
    if (key.alias !== undefined) table.set(key.alias, { name, key });
  }
  TABLES.set(pragma, table);
  return table;
}

function readWord<W>(line: SourceLine, pragma: PairPragma<Keys, W>, { word }: Payload): W | undefined {
  if (pragma.word === undefined || word === undefined) return undefined;
  return taken(line, pragma.word.read({ form: "text", text: word.text, quoted: false }, line.name), word.start);
}

interface KnownPairs {
  /** The first pair of each known key, by its name in the table. */
  readonly given: ReadonlyMap<string, Pair>;
  /** The keys that unknown ones were most likely meant to be. */
  readonly meant: ReadonlySet<string>;
}

/** Sorts pairs by their keys; finds unknown keys and keys given twice. */
function knownPairs(line: SourceLine, table: KeyTable, { pairs }: Payload): KnownPairs {
  const given = new Map<string, Pair>();
  const meant = new Set<string>();
  for (const pair of pairs) {
    const name = table.get(pair.key)?.name;
    if (name === undefined) {
      const guess = nearest(pair.key, table);
      if (guess !== undefined) meant.add(table.get(guess)?.name ?? guess);
      const help = guess === undefined ? undefined : spelled(guess);
      line.add("E_PRAGMA_KEY", `unknown key ${clip(pair.key)}`, pair.keyStart, help);
    } else if (given.has(name)) {
      line.add("E_PRAGMA_DUPLICATE", `${spelled(pair.key)} is given twice`, pair.keyStart);
    } else given.set(name, pair);
  }
  return { given, meant };
}

function readValues<K extends Keys>(line: SourceLine, table: KeyTable, given: ReadonlyMap<string, Pair>): Values<K> {
  const values: Record<string, At<unknown>> = {};
  for (const [name, { key: spelling, value: raw, valueStart }] of given) {
    const key = table.get(name)?.key;
    if (key === undefined || raw === undefined) continue;
    const reading = key.kind.read(raw, spelling);
    const value = taken(line, reading, valueStart);
    if (reading.ok) values[name] = { value, pos: line.position(valueStart) };
    if (key.excludes !== undefined && given.has(key.excludes)) {
      line.add("E_PRAGMA_CONFLICT", `${spelling} and ${key.excludes} exclude each other`, valueStart);
    }
  }
  // Each value was read by the kind of its key: the one thing that the compiler cannot follow through the loop.
  return values as Values<K>;
}

/** What is required and not given. What a misspelt key was meant to be is not missing: that would be one cause twice. */
function findMissing(line: SourceLine, pragma: PairPragma, payload: Payload, { given, meant }: KnownPairs): void {
  const lacks = (name: string): boolean => !given.has(name) && !meant.has(name);
  const missing = (message: string, at: number): void => line.add("E_PRAGMA_MISSING", message, at);

  if (pragma.word !== undefined && payload.word === undefined) {
    missing(`${line.name} needs ${pragma.word.form}`, line.nameStart);
  }
  if (pragma.some && payload.pairs.length === 0) missing(`${line.name} needs at least one key`, line.nameStart);
  for (const [name, { required, needs }] of Object.entries(pragma.keys)) {
    if (required && lacks(name)) missing(`${line.name} needs ${name}=`, line.nameStart);
    const pair = needs === undefined ? undefined : given.get(name);
    if (needs !== undefined && pair?.value !== undefined && lacks(needs)) {
      missing(`${spelled(name)} needs ${needs}=`, pair.valueStart);
    }
  }
}

function taken<T>(line: SourceLine, reading: Reading<T>, at: number): T | undefined {
  if (reading.ok) return reading.value;
  const { code, message, help } = reading.problem;
  line.add(code, message, at, help);
  return undefined;
}

/** The known spelling that an unknown key was most likely meant to be. */
function nearest(unknown: string, table: KeyTable): string | undefined {
  // `=` where `~=` belongs, or the other way round: any word near by would be a worse guess.
  const other = unknown.endsWith("~") ? unknown.slice(0, -1) : `${unknown}~`;
  return table.has(other) ? other : didYouMean(unknown, table.keys());
}

/** A key as messages spell it: `msg~=` is nowhere named without its sign. */
function spelled(key: string): string {
  return key.endsWith("~") ? `${key}=` : key;
}
