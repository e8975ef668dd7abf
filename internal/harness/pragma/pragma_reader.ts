import { scanJson, ValueError } from "../../value/mod.ts";
import { readQuoted } from "./pragma_quoted.ts";
import { clip, clipComplaint, isBlank, skipBlanks, wordEnd } from "./pragma_text.ts";
import type { RawValue } from "./pragma_value_kind.ts";

/** One `key=value` of a payload. Places are UTF-16 indexes into the line. */
export interface Pair {
  readonly key: string;
  readonly keyStart: number;
  readonly valueStart: number;
  /** Undefined: the value could not be read, and a flaw says why. */
  readonly value: RawValue | undefined;
}

/** What is wrong with the text of a payload, whatever its keys mean. */
export interface Flaw {
  readonly code: "E_PRAGMA_SYNTAX" | "E_PRAGMA_JSON";
  readonly at: number;
  readonly message: string;
  /** Where exactly, if that is not `at`. */
  readonly detailAt?: number | undefined;
}

/** The payload of a pragma that takes pairs. */
export interface Payload {
  /** The bare word before the pairs. */
  readonly word?: { readonly text: string; readonly start: number };
  readonly pairs: readonly Pair[];
  readonly flaws: readonly Flaw[];
  /** False where something of the line could not be told apart: what seems to be missing may stand there. */
  readonly whole: boolean;
}

/** What a payload may hold: whether it begins with a bare word, and which keys are known (to go on after a flaw). */
export interface PayloadGrammar {
  readonly word: boolean;
  isKey(name: string): boolean;
}

/**
 * Reads the payload of a pragma line from `start` (ami-tests §1), in time linear in its length.
 *
 * One cause gives one flaw. Reading goes on after a flaw where it is clear where: behind a JSON value whose brackets
 * close, else at the next known key. Behind a quote or a bracket that does not close nothing is clear.
 *
 * @example
 * readPayload('input={"k": 1} timeout=5', 0, { word: false, isKey: () => true }).pairs.map(({ key }) => key); // ["input", "timeout"]
 */
export function readPayload(line: string, start: number, grammar: PayloadGrammar): Payload {
  return new PayloadReader(line, start, grammar).read();
}

/** Characters of a key; what else stands before `=` is not meant to be one. */
const KEY = /[^\s="'{}[\]]+(?==)/y;

class PayloadReader {
  readonly #line: string;
  readonly #grammar: PayloadGrammar;
  readonly #pairs: Pair[] = [];
  readonly #flaws: Flaw[] = [];
  #index: number;
  #whole = true;

  constructor(line: string, start: number, grammar: PayloadGrammar) {
    this.#line = line;
    this.#grammar = grammar;
    this.#index = skipBlanks(line, start);
  }

  read(): Payload {
    const word = this.#grammar.word ? this.#word() : undefined;
    while (this.#index < this.#line.length) this.#pair();
    return { ...(word && { word }), pairs: this.#pairs, flaws: this.#flaws, whole: this.#whole };
  }

  /** The bare word; undefined, with nothing read, where a pair or nothing stands instead. */
  #word(): { text: string; start: number } | undefined {
    const start = this.#index;
    if (start === this.#line.length || this.#keyAt(start) !== undefined) return undefined;
    if (/["'{}[\]=]/.test(this.#line.charAt(start))) {
      this.#break(start, "expected a bare word, without quotes or brackets");
      return undefined;
    }
    const end = wordEnd(this.#line, start);
    this.#index = skipBlanks(this.#line, end);
    return { text: this.#line.slice(start, end), start };
  }

  #pair(): void {
    const keyStart = this.#index;
    const key = this.#keyAt(keyStart);
    if (key === undefined) {
      const end = wordEnd(this.#line, keyStart);
      const spaced = this.#line.charAt(skipBlanks(this.#line, end)) === "=" ? "; no blanks stand around =" : "";
      this.#break(keyStart, `expected key=value, found ${clip(this.#line.slice(keyStart, end))}${spaced}`);
      return;
    }
    const valueStart = keyStart + key.length + 1;
    const value = this.#value(key, keyStart, valueStart);
    this.#pairs.push({ key, keyStart, valueStart, value });
  }

  #value(key: string, keyStart: number, start: number): RawValue | undefined {
    const first = this.#line.charAt(start);
    if (first === "" || first === " " || first === "\t") return this.#missing(key, keyStart, start);
    if (first === "{" || first === "[") return this.#json(key, start);
    if (first === '"' || first === "'") return this.#quoted(start, first);
    const end = wordEnd(this.#line, start);
    this.#index = skipBlanks(this.#line, end);
    return { form: "text", text: this.#line.slice(start, end), quoted: false };
  }

  #missing(key: string, keyStart: number, start: number): undefined {
    const message = `${clip(key)} has no value; it follows = without a blank`;
    this.#flaws.push({ code: "E_PRAGMA_SYNTAX", at: keyStart, message });
    this.#index = skipBlanks(this.#line, start);
    // What follows is the next pair, or else the value itself behind a blank.
    if (this.#index < this.#line.length && this.#keyAt(this.#index) === undefined) this.#resume();
  }

  #json(key: string, start: number): RawValue | undefined {
    try {
      const { value, end } = scanJson(this.#line, start);
      this.#afterValue(end);
      return { form: "json", value };
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const message = `${clip(key)} is not JSON: ${clipComplaint(error.message)}`;
      this.#flaws.push({ code: "E_PRAGMA_JSON", at: start, message, detailAt: error.offset });
    }
    const end = closedEnd(this.#line, start);
    this.#index = end ?? this.#line.length;
    if (end === undefined) this.#whole = false;
    else if (end < this.#line.length && !isBlank(this.#line.charCodeAt(end))) this.#resume();
    else this.#index = skipBlanks(this.#line, end);
    return undefined;
  }

  #quoted(start: number, quote: string): RawValue | undefined {
    const found = readQuoted(this.#line, start, quote);
    if (found === undefined) {
      this.#flaws.push({ code: "E_PRAGMA_SYNTAX", at: start, message: `the ${quote} is not closed on this line` });
      this.#index = this.#line.length;
      this.#whole = false;
      return undefined;
    }
    if (found.badEscape !== undefined) {
      const message = `bad escape; known are \\" \\' \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX`;
      this.#flaws.push({ code: "E_PRAGMA_SYNTAX", at: found.badEscape, message });
    }
    this.#afterValue(found.end);
    return found.badEscape === undefined ? { form: "text", text: found.text, quoted: true } : undefined;
  }

  #afterValue(end: number): void {
    if (end === this.#line.length || isBlank(this.#line.charCodeAt(end))) this.#index = skipBlanks(this.#line, end);
    else this.#break(end, "expected a blank after the value");
  }

  #break(at: number, message: string): void {
    this.#flaws.push({ code: "E_PRAGMA_SYNTAX", at, message });
    this.#index = at;
    this.#resume();
  }

  /** Goes on at the next word that is a known key, or at the end. */
  #resume(): void {
    this.#whole = false;
    while (this.#index < this.#line.length) {
      this.#index = skipBlanks(this.#line, wordEnd(this.#line, this.#index));
      const key = this.#keyAt(this.#index);
      if (key !== undefined && this.#grammar.isKey(key)) return;
    }
  }

  /** The key of a pair that begins at `index`. */
  #keyAt(index: number): string | undefined {
    KEY.lastIndex = index;
    return KEY.exec(this.#line)?.[0];
  }
}

/** After the bracket that closes the one at `start`, quotes and brackets in strings aside; undefined if none does. */
function closedEnd(line: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let index = start; index < line.length; index += 1) {
    const char = line.charAt(index);
    if (inString) {
      if (char === "\\") index += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return undefined;
}
