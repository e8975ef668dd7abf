import { isBlank, isLineEnd, QUOTE, SLASH, STAR, skipBlanks, stringEnd } from "./source_text.ts";

const SEMICOLON = 0x3b;
const CLOSE_PARENTHESIS = 0x29;

/** Text that is taken as it stands, from `start`. */
export interface RawText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What the grammar calls text, from `from` to the end of its statement: a line end, `;` or a comment, or the parenthesis that
 * closes a list of imports. Quotes are no more than characters, but what would be a comment between them is text too.
 */
export function readText(text: string, from: number, inParentheses: boolean): RawText {
  const start = skipBlanks(text, from, text.length);
  let end = start;
  for (let index = start; index < text.length && !isTextEnd(text, index, inParentheses); ) {
    const code = text.charCodeAt(index);
    index = code === QUOTE ? stringEnd(text, index) : index + 1;
    if (!isBlank(code)) end = index;
  }
  return { text: text.slice(start, end), start, end };
}

/** A path without quotes, from `start`: the text up to a blank. */
export function readPath(text: string, start: number): RawText {
  let end = start;
  while (end < text.length && !isTextEnd(text, end, true) && !isBlank(text.charCodeAt(end))) {
    if (text.charCodeAt(end) === QUOTE) break;
    end += 1;
  }
  return { text: text.slice(start, end), start, end };
}

function isTextEnd(text: string, index: number, inParentheses: boolean): boolean {
  const code = text.charCodeAt(index);
  if (code === SLASH) {
    const next = text.charCodeAt(index + 1);
    return next === SLASH || next === STAR;
  }
  return isLineEnd(code) || code === SEMICOLON || (inParentheses && code === CLOSE_PARENTHESIS);
}
