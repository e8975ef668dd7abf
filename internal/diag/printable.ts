/**
 * What a terminal would obey, swallow or reorder instead of showing: control and format characters, line and paragraph
 * separators, lone surrogates. The two joiners stay, since scripts and emoji need them and they harm nothing.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}[\p{Cf}--[\u200c\u200d]]]/gv;

/**
 * The text on one line with nothing in it that a terminal acts upon: tabs as four blanks, so that a caret below can be
 * aligned, control characters as their pictures (NUL as ␀), the rest as U+FFFD.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, picture);
}

function picture(character: string): string {
  if (character === "\t") return "    ";
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
