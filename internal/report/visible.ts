// Names and messages come from the files under test, so they may hold anything: an ANSI sequence, a line break that forges a
// line of the report, a mark that reverses the reading order. Every report but JSON shows them by these functions.

// Unlike diag's `printable`, which keeps the columns of an excerpt, these keep two different names different, and leave
// nothing that XML forbids.

const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}[\p{Cf}--[\u200c\u200d]]]/gv;
const UNSEEN_BUT_BREAKS = /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}[\p{Cf}--[\u200c\u200d]]]/gv;

/**
 * A text on one line: control characters (line breaks and tabs too), lone surrogates, noncharacters and format
 * characters such as bidirectional controls become escapes such as `\n`, `\x1b`, `\u202e`. What is left is legal in XML 1.0, HTML and YAML.
 */
export function visibleLine(text: string): string {
  return text.replace(UNSEEN, escaped);
}

/** As `visibleLine`, but line breaks (CRLF as LF) and tabs stay. */
export function visibleText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(UNSEEN_BUT_BREAKS, escaped);
}

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(char: string): string {
  const short = SHORT[char];
  if (short !== undefined) return short;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\u{${code.toString(16)}}`;
}
