/**
 * A value as JSON in one line, keys as they stand. A bigint keeps its digits (flows §12).
 * `exactJson({ n: 2n ** 53n + 1n })` gives `{"n":9007199254740993}`.
 */
export function exactJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    // Only a bigint is worth the slow way.
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, (_, member: unknown) => (typeof member === "bigint" ? raw(String(member)) : member));
  }
}

/** `JSON.rawJSON`, which the compiler does not know yet: text that is written as it is. */
function raw(text: string): unknown {
  const rawJson: unknown = Reflect.get(JSON, "rawJSON");
  return typeof rawJson === "function" ? rawJson(text) : Number(text);
}
