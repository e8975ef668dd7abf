import type { Span } from "../syntax/mod.ts";

/** The text of a place as it is written, on one line. */
export function written(text: string, { start, end }: Span): string {
  return text.slice(start, end).replace(/\s*[\r\n]\s*/g, " ");
}

/** The text of a type: blanks mean nothing in it. */
export function writtenType(text: string, { start, end }: Span): string {
  return text.slice(start, end).replace(/\s+/g, "");
}
