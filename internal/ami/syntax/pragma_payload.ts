import { didYouMean, printable } from "../../diag/mod.ts";
import type { Name } from "./ast.ts";
import type { Findings } from "./findings.ts";
import type { PragmaLine } from "./pragma_line.ts";
import { isBlank, skipBlanks } from "./source_text.ts";

/** How much of a word a message shows. */
const LONGEST_SHOWN = 40;

/** A pragma line while it is read: its words, and where findings about them go. */
export class PragmaPayload {
  readonly text: string;
  readonly line: PragmaLine;
  readonly findings: Findings;

  constructor(text: string, line: PragmaLine, findings: Findings) {
    this.text = text;
    this.line = line;
    this.findings = findings;
  }

  /** The pragma's own name, for findings about what is missing. */
  get name(): Name {
    const { name, nameStart, start } = this.line;
    // Where there is no name, the sign of the pragma stands for it.
    if (name === "") return { text: "", start, end: nameStart };
    return { text: name, start: nameStart, end: nameStart + name.length };
  }

  /** The words of the payload, without the blanks between them. */
  words(): readonly Name[] {
    const { payloadStart, end: lineEnd } = this.line;
    const words: Name[] = [];
    for (let start = payloadStart; start < lineEnd; ) {
      let end = start;
      while (end < lineEnd && !isBlank(this.text.charCodeAt(end))) end += 1;
      words.push({ text: this.text.slice(start, end), start, end });
      start = skipBlanks(this.text, end, lineEnd);
    }
    return words;
  }

  /** The one word that the payload must be; findings with `code` if it is not. */
  only(code: string, what: string): Name | undefined {
    const [word, extra] = this.words();
    if (word === undefined) this.findings.add(code, `expected ${what}, found nothing`, this.name);
    if (extra === undefined) return word;
    this.findings.add(code, `expected ${what} and nothing else, found ${shown(extra)}`, extra);
    return undefined;
  }

  /** The value of the one `key=value` that the payload must be. */
  onlyPair(code: string, key: string): Name | undefined {
    const word = this.only(code, `${key}=`);
    if (word === undefined) return undefined;
    const pair = pairOf(word);
    if (pair?.key.text === key) return pair.value;
    const help = didYouMean(pair?.key.text ?? word.text, [key]);
    this.findings.add(code, `expected ${key}=, found ${shown(word)}`, word, help);
    return undefined;
  }

  /** `word` if it is one of `choices`; else a finding with `code`. */
  choice<T extends string>(code: string, what: string, word: Name, choices: readonly T[]): T | undefined {
    const found = choices.find((choice) => choice === word.text);
    if (found === undefined) {
      const message = `unknown ${what} ${shown(word)}; known are ${choices.join(", ")}`;
      this.findings.add(code, message, word, didYouMean(word.text, choices));
    }
    return found;
  }

  /** The whole number from 1 to `most` that `word` is; else a finding with `code`. */
  count(code: string, what: string, word: Name, most: number): number | undefined {
    const value = /^[0-9]{1,16}$/.test(word.text) ? Number(word.text) : 0;
    if (value >= 1 && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? "from 1" : `from 1 to ${most}`;
    this.findings.add(code, `${what} is a whole number ${range}, found ${shown(word)}`, word);
    return undefined;
  }
}

/** The two sides of `key=value`; undefined if the word has no `=`. */
export function pairOf(word: Name): { readonly key: Name; readonly value: Name } | undefined {
  const sign = word.text.indexOf("=");
  if (sign < 0) return undefined;
  const key = { text: word.text.slice(0, sign), start: word.start, end: word.start + sign };
  return { key, value: { text: word.text.slice(sign + 1), start: word.start + sign + 1, end: word.end } };
}

/** The parts of a word between commas. */
export function partsOf(word: Name): readonly Name[] {
  const parts: Name[] = [];
  let start = word.start;
  for (const text of word.text.split(",")) {
    parts.push({ text, start, end: start + text.length });
    start += text.length + 1;
  }
  return parts;
}

/** A word for a message; a line, and so a word, has no limit of length. */
export function shown(word: Name): string {
  const text = printable(word.text.slice(0, LONGEST_SHOWN));
  return `"${word.text.length > LONGEST_SHOWN ? `${text}…` : text}"`;
}
