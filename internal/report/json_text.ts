/**
 * The JSON text of a record or a value on one line, keys in their own order. A bigint (the strict profile of
 * scenarios.md §1 beyond 2^53) is written with all its digits, which JSON.stringify alone refuses.
 */
export function jsonText(value: unknown): string {
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
