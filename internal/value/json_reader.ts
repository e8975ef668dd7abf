import { depthError, Fault, surrogateFault } from "./fault.ts";
import { foreignHelp, foundCharacter, foundToken } from "./found.ts";
import { MAX_DEPTH, setKey } from "./json.ts";
import { Trail } from "./path.ts";
import { ValueError } from "./value_error.ts";

/** What a profile makes of the scalars whose rules differ; `Extra` is the type that only this profile has. */
export interface ScalarRules<Extra> {
  readonly null: Extra | Fault;
  /** `isInteger`: the literal has neither `.` nor exponent. */
  number(literal: string, isInteger: boolean): number | Extra | Fault;
  /** Of a text without lone surrogates. */
  normalise(text: string): string;
  readonly duplicate: Fault;
}

export type Tree<Extra> = boolean | number | string | Extra | Tree<Extra>[] | { [key: string]: Tree<Extra> };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const MINUS = 0x2d;
const PLUS = 0x2b;
const DOT = 0x2e;
const ZERO = 0x30;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/**
 * Reads JSON text (RFC 8259) by hand, because the engine's parser keeps the last of two equal keys, takes lone
 * surrogates and overflowing numbers, has no limit of depth and says no offset. The first error in the text is thrown.
 */
export class JsonReader<Extra> {
  readonly #text: string;
  readonly #rules: ScalarRules<Extra>;
  readonly #trail = new Trail();
  #at: number;

  constructor(text: string, rules: ScalarRules<Extra>, start = 0) {
    this.#text = text;
    this.#rules = rules;
    this.#at = start;
  }

  /** UTF-16 index behind what has been read. */
  get end(): number {
    return this.#at;
  }

  /** Reads one value, which begins here. */
  readValue(): Tree<Extra> {
    return this.#value(0);
  }

  /** Reads a text that holds one value, with white space around it and nothing else. */
  readText(): Tree<Extra> {
    this.#skipBlanks();
    const value = this.#value(0);
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#expected("the end of the text");
    return value;
  }

  #value(depth: number, orElse = ""): Tree<Extra> {
    const code = this.#text.charCodeAt(this.#at);
    switch (code) {
      case OPEN_OBJECT:
        return this.#object(depth);
      case OPEN_ARRAY:
        return this.#array(depth);
      case QUOTE:
        return this.#string(depth, "text");
      case 0x74:
        return this.#word("true", true, orElse);
      case 0x66:
        return this.#word("false", false, orElse);
      case 0x6e:
        return this.#scalar(this.#word("null", this.#rules.null, orElse), depth, this.#at - 4);
      default:
        if (code === MINUS || isDigit(code)) return this.#number(depth);
        throw this.#expected(`a JSON value${orElse}`);
    }
  }

  #object(depth: number): Tree<Extra> {
    if (depth === MAX_DEPTH) throw depthError({ offset: this.#at });
    const object: { [key: string]: Tree<Extra> } = {};
    this.#at++;
    let code = this.#skipBlanks();
    if (code === CLOSE_OBJECT) {
      this.#at++;
      return object;
    }
    let wanted = 'a key in double quotes or "}"';
    for (;;) {
      if (code !== QUOTE) throw this.#expected(wanted);
      const start = this.#at;
      const key = this.#string(depth, "key");
      this.#trail.enter(depth, key);
      if (Object.hasOwn(object, key)) throw this.#rules.duplicate.at(this.#trail.path(depth + 1), start);
      if (this.#skipBlanks() !== COLON) throw this.#expected('":" after the key');
      this.#at++;
      this.#skipBlanks();
      setKey(object, key, this.#value(depth + 1));
      code = this.#skipBlanks();
      if (code !== COMMA && code !== CLOSE_OBJECT) throw this.#expected('"," or "}"');
      this.#at++;
      if (code === CLOSE_OBJECT) return object;
      wanted = "a key in double quotes";
      code = this.#skipBlanks();
    }
  }

  #array(depth: number): Tree<Extra> {
    if (depth === MAX_DEPTH) throw depthError({ offset: this.#at });
    const array: Tree<Extra>[] = [];
    this.#at++;
    if (this.#skipBlanks() === CLOSE_ARRAY) {
      this.#at++;
      return array;
    }
    for (;;) {
      this.#trail.enter(depth, array.length);
      array.push(this.#value(depth + 1, array.length === 0 ? ' or "]"' : ""));
      const code = this.#skipBlanks();
      if (code !== COMMA && code !== CLOSE_ARRAY) throw this.#expected('"," or "]"');
      this.#at++;
      if (code === CLOSE_ARRAY) return array;
      this.#skipBlanks();
    }
  }

  #string(depth: number, use: "text" | "key"): string {
    const start = this.#at;
    const raw = this.#characters();
    if (!raw.isWellFormed()) throw surrogateFault(raw, use).at(this.#trail.path(depth), start);
    return this.#rules.normalise(raw);
  }

  #characters(): string {
    const text = this.#text;
    let done = "";
    let from = this.#at + 1;
    for (let at = from; ; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.#at = at + 1;
        return done + text.slice(from, at);
      }
      if (code === BACKSLASH) {
        done += text.slice(from, at) + this.#escape(at + 1);
        from = this.#at;
        at = from - 1;
      } else if (!(code >= 0x20)) {
        // Also at the end of the text, where the code is NaN.
        throw this.#syntaxError(at, "a closing double quote", foundCharacter(text, at), controlHelp(code));
      }
    }
  }

  /** The character of the escape whose letter stands at `at`. */
  #escape(at: number): string {
    const letter = this.#text.charAt(at);
    const character = ESCAPES[letter];
    if (character !== undefined) {
      this.#at = at + 1;
      return character;
    }
    if (letter !== "u") {
      throw this.#syntaxError(at, 'one of " \\ / b f n r t u after the backslash', foundCharacter(this.#text, at));
    }
    const digits = /^[0-9A-Fa-f]*/.exec(this.#text.slice(at + 1, at + 5))?.[0] ?? "";
    const end = at + 1 + digits.length;
    if (digits.length < 4) {
      throw this.#syntaxError(end, "four hexadecimal digits after \\u", foundCharacter(this.#text, end));
    }
    this.#at = end;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #number(depth: number): number | Extra {
    const text = this.#text;
    const start = this.#at;
    let at = text.charCodeAt(start) === MINUS ? start + 1 : start;
    const first = at;
    at = this.#digits(at, 'a digit after "-"');
    if (text.charCodeAt(first) === ZERO && at > first + 1) {
      const found = foundCharacter(text, first + 1);
      throw this.#syntaxError(first + 1, "no digit after a leading 0", found, "leave the leading 0 out");
    }
    let isInteger = true;
    if (text.charCodeAt(at) === DOT) {
      isInteger = false;
      at = this.#digits(at + 1, 'a digit after "."');
    }
    if ((text.charCodeAt(at) | 0x20) === 0x65) {
      isInteger = false;
      const sign = text.charCodeAt(at + 1);
      at = this.#digits(sign === MINUS || sign === PLUS ? at + 2 : at + 1, "a digit in the exponent");
    }
    this.#at = at;
    return this.#scalar(this.#rules.number(text.slice(start, at), isInteger), depth, start);
  }

  /** The index behind one or more digits. */
  #digits(from: number, wanted: string): number {
    let at = from;
    while (isDigit(this.#text.charCodeAt(at))) at++;
    if (at === from) throw this.#syntaxError(at, wanted, foundCharacter(this.#text, at));
    return at;
  }

  #word<W>(word: string, value: W, orElse: string): W {
    if (!this.#text.startsWith(word, this.#at)) throw this.#expected(`a JSON value${orElse}`);
    this.#at += word.length;
    return value;
  }

  #scalar<V>(value: V | Fault, depth: number, start: number): V {
    if (value instanceof Fault) throw value.at(this.#trail.path(depth), start);
    return value;
  }

  /** Goes past white space; returns the code of what stands there, NaN at the end. */
  #skipBlanks(): number {
    const text = this.#text;
    let at = this.#at;
    let code = text.charCodeAt(at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at);
    this.#at = at;
    return code;
  }

  #expected(wanted: string): ValueError {
    const found = foundToken(this.#text, this.#at);
    return this.#syntaxError(this.#at, wanted, found, foreignHelp(found));
  }

  #syntaxError(offset: number, wanted: string, found: string, help?: string): ValueError {
    return new ValueError("E_VALUE_SYNTAX", `expected ${wanted}, got ${found}`, { offset, help });
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 0x39;
}

function controlHelp(code: number): string | undefined {
  return code < 0x20 ? `write it as ${JSON.stringify(String.fromCharCode(code)).slice(1, -1)}` : undefined;
}
