const ZERO = 0x30;
const NINE = 0x39;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const UNDERSCORE = 0x5f;
const LOWER_A = 0x61;
const LOWER_Z = 0x7a;

const LETTER = /[\p{L}_]/uy;
const LETTER_OR_DIGIT = /[\p{L}\p{Nd}_]/uy;

export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/** After the digits that begin at `start`. */
export function digitsEnd(text: string, start: number): number {
  let index = start;
  while (isDigit(text.charCodeAt(index))) index += 1;
  return index;
}

/** Whether a name may begin at `index`: a letter or `_`, of any script. */
export function isNameStart(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code < 0x80 ? isAsciiLetter(code) : matches(LETTER, text, index);
}

/** After the letters, digits and `_` that begin at `start`. */
export function nameEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (isAsciiLetter(code) || isDigit(code)) index += 1;
    else if (code < 0x80 || !matches(LETTER_OR_DIGIT, text, index)) break;
    else index = LETTER_OR_DIGIT.lastIndex;
  }
  return index;
}

function isAsciiLetter(code: number): boolean {
  return (code >= LOWER_A && code <= LOWER_Z) || (code >= UPPER_A && code <= UPPER_Z) || code === UNDERSCORE;
}

function matches(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index;
  return pattern.test(text);
}
