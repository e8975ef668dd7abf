import { orderCodePoints } from "../../value/mod.ts";

export { orderCodePoints as compareCodePoints };

/** Shorter strings are counted faster than looked up. */
const LONG = 256;

/**
 * How many code points strings have. The last long one is remembered, so that a loop over a string, or one that makes it
 * longer, does not count it again at every turn.
 */
export class CodePoints {
  readonly #work: (characters: number) => void;
  #text = "";
  #count = 0;

  /** `work` is told how many characters had to be counted. */
  constructor(work: (characters: number) => void) {
    this.#work = work;
  }

  /** The number of code points of a string without lone surrogates. */
  count(text: string): number {
    if (text.length < LONG) return countCodePoints(text);
    // The same object is equal at once, another one mostly by its length.
    if (text === this.#text) return this.#count;
    this.#work(text.length);
    this.#remember(text, countCodePoints(text));
    return this.#count;
  }

  /** `whole` is `head` with `tail` behind it. */
  joined(head: string, tail: string, whole: string): void {
    if (head.length < LONG || tail.length >= LONG || head !== this.#text) return;
    this.#remember(whole, this.#count + countCodePoints(tail));
  }

  clear(): void {
    if (this.#count > 0) this.#remember("", 0);
  }

  #remember(text: string, count: number): void {
    this.#text = text;
    this.#count = count;
  }
}

function countCodePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    if (isHighSurrogate(text.charCodeAt(at))) count -= 1;
  }
  return count;
}

/** Whether a UTF-16 unit is the first of the two of a code point above U+FFFF. */
export function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

/** The UTF-16 index of code point number `count`, from the code point at index `from` on; the text's length at most. */
export function indexOfCodePoint(text: string, count: number, from = 0): number {
  let at = from;
  for (let left = count; left > 0 && at < text.length; left--) {
    at += isHighSurrogate(text.charCodeAt(at)) ? 2 : 1;
  }
  return Math.min(at, text.length);
}

const BEYOND_BMP = /[\ud800-\udfff]/;

/** Sorts keys in place by code point, and returns them. */
export function sortByCodePoint(keys: string[]): string[] {
  keys.sort();
  return keys.some((key) => BEYOND_BMP.test(key)) ? keys.sort(orderCodePoints) : keys;
}
