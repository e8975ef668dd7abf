import { events, input, jsonObject, jsonOrFile } from "./pragma_json_values.ts";
import { gets, puts } from "./pragma_kv_values.ts";
import type { ValueKind } from "./pragma_value_kind.ts";
import { codes, flag, oneOf, text, whole, word } from "./pragma_values.ts";

/** A key of a pragma: what its value may be, and one line of help. */
export interface Key<T = unknown> {
  readonly kind: ValueKind<T>;
  readonly what: string;
  /** A second spelling of the same key. */
  readonly alias?: string;
  /** The default, as help shows it. */
  readonly initial?: string;
  readonly required?: true;
  /** The key without which this one makes no sense. */
  readonly needs?: string;
  /** A key before it in the table that it excludes. */
  readonly excludes?: string;
}

/** Keys by name, in the order of the table; the key that is spelled `msg~=` is named `msg~`. */
export type Keys = Readonly<Record<string, Key>>;

/** A pragma whose payload is the rest of the line: a name, a reason. */
export interface FreePragma {
  readonly payload: "free";
  readonly usage: string;
  readonly what: string;
  readonly example: string;
}

/** A pragma whose payload is `key=value` pairs, with one bare word before them if it has `word`. */
export interface PairPragma<K extends Keys = Keys, W = unknown> {
  readonly payload: "pairs";
  readonly word?: ValueKind<W>;
  readonly keys: K;
  /** At least one key must be given. */
  readonly some?: true;
  readonly what: string;
  readonly example: string;
}

const MESSAGE: Key<string> = { kind: text, what: "text that a message contains, ignoring case" };
const COUNT: Key<number> = { kind: whole(0), what: "how many there are, exactly" };

const EXPECT_CODE = { count: COUNT, "msg~": MESSAGE };
const EXPECT_TOTAL = { count: { ...COUNT, initial: "1" } };

/** Every pragma of a test file, by the name behind `test:` (ami-tests §2). */
export const PRAGMAS = {
  case: {
    payload: "free",
    usage: "NAME",
    what: "opens a section; what it holds are cases of that name",
    example: "#pragma test:case adds one",
  },
  runtime: pairs({
    what: "one case: events go into a pipeline, and what leaves it is judged",
    keys: {
      pipeline: key(word("NAME"), "the pipeline; without one, what goes in comes out"),
      input: key(input, "one event, or a stream if it is an array"),
      events: { ...key(events, "a stream, one JSON value a line"), excludes: "input" },
      expect_output: { ...key(jsonOrFile, "what must leave: the payload, or the array of them"), alias: "output" },
      expect_error: key(codes, "the codes of the errors that the run must raise"),
      "msg~": { ...key(text, "text that one of their messages contains, ignoring case"), needs: "expect_error" },
      timeout: { ...key(whole(0, "MS"), "limit in virtual milliseconds; 0: as if absent"), initial: "--timeout" },
      emit: { ...key(flag, "write the case's key/value artifacts and records"), initial: "false" },
    },
    example: '#pragma test:runtime pipeline=P input={"k": 10} expect_error=E_BIG msg~="too big" timeout=100',
  }),
  fixture: pairs({
    what: "a file or folder that the cases may touch; no other is open to them",
    keys: {
      path: { ...key(text, "relative to the folder of the test file"), required: true },
      mode: { ...key(oneOf(["ro", "rw"], "E_FIXTURE_MODE"), "rw: written to as a copy"), initial: "ro" },
    },
    example: "#pragma test:fixture path=data/links.jsonl mode=ro",
  }),
  kv: pairs({
    what: "fills a key/value store before the run, reads and judges it after; at least one key",
    keys: {
      ns: { ...key(text, "the store's namespace"), initial: '""' },
      put: key(puts, "what is put before the run"),
      get: key(gets, "what is read at its end"),
      expect: key(jsonObject, "what each key must hold at its end; null: be absent or null"),
      ttl: key(whole(1, "MS"), "time to live of this line's puts"),
      sliding: { ...key(flag, "a read renews the time to live"), needs: "ttl" },
      max_reads: key(whole(1), "reads after which what this line puts is gone"),
      capacity: key(whole(1), "the most entries the store keeps"),
      emit: { ...key(flag, "write the case's key/value artifacts and records"), initial: "false" },
      share: { ...key(oneOf(["case", "file"]), "file: one store for all cases of the file"), initial: "case" },
    },
    some: true,
    example: '#pragma test:kv ns="P/seen" put={"x": 5} expect={"x": 6, "y": 1}',
  }),
  skip: {
    payload: "free",
    usage: "[REASON]",
    what: "skips the section, in the preamble the whole file; reason: skipped",
    example: "#pragma test:skip needs the second radio driver",
  },
  assert: pairs({
    what: "whether the source parses; the keys look at its syntax errors",
    word: oneOf(["parse_ok", "parse_fail"]),
    keys: {
      count: COUNT,
      code: key(word("CODE"), "the code of one of them"),
      msg: { ...key(text, "text that a message contains, exactly"), alias: "message" },
      "msg~": MESSAGE,
      line: key(whole(1), "line of one of them, from 1"),
      column: key(whole(1), "column of that one, in code points from 1"),
      offset: key(whole(0), "offset of that one, in UTF-8 bytes from 0"),
    },
    example: `#pragma test:assert parse_fail msg="expected 'package'" line=1`,
  }),
  expect_error: pairs({
    what: "the checks find an error with this code",
    word: word("CODE"),
    keys: EXPECT_CODE,
    example: "#pragma test:expect_error E_BAD_IMPORT count=2",
  }),
  expect_warn: pairs({
    what: "the checks find a warning with this code",
    word: word("CODE"),
    keys: EXPECT_CODE,
    example: '#pragma test:expect_warn W_IMPORT_UNRESOLVED msg~="x/y"',
  }),
  expect_errors: pairs({
    what: "how many errors the checks find",
    keys: EXPECT_TOTAL,
    example: "#pragma test:expect_errors count=2",
  }),
  expect_warnings: pairs({
    what: "how many warnings the checks find",
    keys: EXPECT_TOTAL,
    example: "#pragma test:expect_warnings count=1",
  }),
  expect_no_errors: pairs({
    what: "the checks find no error",
    keys: {},
    example: "#pragma test:expect_no_errors",
  }),
  expect_no_warnings: pairs({
    what: "the checks find no warning",
    keys: {},
    example: "#pragma test:expect_no_warnings",
  }),
} as const satisfies Readonly<Record<string, FreePragma | PairPragma>>;

/** The word behind `test:` of a pragma that exists. */
export type PragmaName = keyof typeof PRAGMAS;

export function isPragmaName(name: string): name is PragmaName {
  return Object.hasOwn(PRAGMAS, name);
}

function key<T>(kind: ValueKind<T>, what: string): Key<T> {
  return { kind, what };
}

/** Keeps the exact types of the keys, so that what is read of a line has theirs. */
function pairs<const K extends Keys, W = never>(fields: Omit<PairPragma<K, W>, "payload">): PairPragma<K, W> {
  return { payload: "pairs", ...fields };
}
