/** A key that JavaScript lists before all others and by its number, whatever order it was put in. */
const NUMBER_KEY = /"(?:0|[1-9]\d*)":/;

/**
 * The JSON text of a record or a value on one line, keys in their own order. A bigint (the strict profile of
 * scenarios.md §1 beyond 2^53) is written with all its digits, which JSON.stringify alone refuses. Among keys that are
 * whole numbers there is no own order: an object that has one is written sorted by UTF-16 code unit, as the `data` of
 * diag.v1 and errors.v1 is (ami-tests §8, §9): `{"10":1,"9":2}`.
 */
export function jsonText(value: unknown): string {
  const text = engineText(value);
  // Nearly no record has such a key; a look at the text is cheaper than one at every object.
  return NUMBER_KEY.test(text) ? sortedText(value) : text;
}

function engineText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, digits) ?? "null";
  }
}

function digits(_key: string, value: unknown): unknown {
  if (typeof value !== "bigint") return value;
  // Newer than the type library: a value that JSON.stringify writes as it is.
  const raw: unknown = Reflect.get(JSON, "rawJSON");
  return typeof raw === "function" ? raw.call(JSON, String(value)) : String(value);
}

function sortedText(value: unknown): string {
  if (typeof value !== "object" || value === null) return engineText(value);
  if (Array.isArray(value)) return `[${value.map(sortedText).join(",")}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.some(([key]) => NUMBER_KEY.test(`"${key}":`))) members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sortedText(member)}`).join(",")}}`;
}
