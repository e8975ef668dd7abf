/** A document as its file has it (flows §8): two-space indent, non-ASCII as `\uXXXX`, no final newline. */
export function jsonText(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(/[^\0-\x7f]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
