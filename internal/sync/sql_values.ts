import { misfits, type SpecType, typeName } from "../concept/mod.ts";
import { canonicalStrict, parseStrict, type Strict, toStrict, ValueError } from "../value/mod.ts";

/** What SQLite takes. */
export type SqlValue = string | number | bigint;

/** A value as a parameter (scenarios.md §3, types): bool as 0 or 1, arrays and objects as canonical JSON. */
export function toSql(value: Strict): SqlValue {
  switch (typeof value) {
    case "boolean":
      return value ? 1 : 0;
    case "object":
      return canonicalStrict(value);
    default:
      return value;
  }
}

/** A value that SQLite gave does not fit; the path is where, below the value: empty for itself. */
export class SqlMisfit {
  constructor(
    readonly code: "E_RESULT_TYPE" | ValueError["code"],
    /** What was found: `NULL`, `the text "x"`; of E_VALUE_* the whole sentence behind the path. */
    readonly says: string,
    readonly path = "",
  ) {}
}

/** Reads what SQLite gave as a value of a type, without coercion. */
export function fromSql(found: unknown, type: SpecType): Strict | SqlMisfit {
  switch (type.kind) {
    case "int":
      return typeof found === "bigint" ? intOf(found) : misfit(found);
    case "string":
      return typeof found === "string" ? found.normalize("NFC") : misfit(found);
    case "bool":
      return found === 0n ? false : found === 1n ? true : misfit(found);
    case "array":
    case "list":
    case "object":
      return typeof found === "string" ? fromJson(found, type) : misfit(found);
  }
}

function intOf(found: bigint): number | bigint {
  const number = Number(found);
  return Number.isSafeInteger(number) ? number : found;
}

/** No shorter text has 256 nested containers. */
const DEEP = 512;

function fromJson(text: string, type: SpecType): Strict | SqlMisfit {
  try {
    const value = parseStrict(text);
    // It becomes the member of an object, which makes it one deeper.
    if (text.length >= DEEP) toStrict([value]);
    return misfits(type, value) ? misfit(text) : value;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    if (error.code === "E_VALUE_SYNTAX") return misfit(text);
    const { code, message, path = "$" } = error;
    return new SqlMisfit(
      code,
      message.startsWith(path) ? message.slice(path.length) : ` has ${message}`,
      path.slice(1),
    );
  }
}

function misfit(found: unknown): SqlMisfit {
  return new SqlMisfit("E_RESULT_TYPE", describe(found));
}

/** The longest text that a message shows whole. */
const SHOWN = 60;

function describe(found: unknown): string {
  if (found === null) return "NULL";
  if (typeof found === "bigint") return String(found);
  if (typeof found === "number") return `the REAL ${Number.isInteger(found) ? found.toFixed(1) : found}`;
  if (typeof found === "string") {
    const shown = found.length <= SHOWN ? found : `${found.slice(0, SHOWN)}…`;
    return `the text ${JSON.stringify(shown)}`;
  }
  return found instanceof Uint8Array ? `a BLOB of ${found.length} bytes` : String(found);
}

/** `is declared as int, got NULL`. */
export function declaredAs(type: SpecType, found: string): string {
  return `is declared as ${typeName(type)}, got ${found}`;
}

/** A parameter that a handler gives. @throws ValueError */
export function givenToSql(value: unknown): SqlValue {
  return toSql(toStrict(value));
}
