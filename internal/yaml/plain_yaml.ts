import { type Json, setKey } from "../value/mod.ts";

/**
 * Reads the YAML that people write most: mappings and lists by indentation, flow collections on one line, plain words, decimal
 * numbers, quoted texts without escapes. It gives what {@link readYaml} would, or undefined: then the text is for that one to read,
 * and to find fault with. The `yaml` library costs 10–20 ms (BUN.md), more than the whole run of a small flow.
 */
export function plainYaml(text: string): Json | undefined {
  const lines = linesOf(text);
  if (lines === undefined) return undefined;
  const reader = new PlainReader(lines);
  const value = reader.block(0);
  return value !== undefined && reader.isDone ? value : undefined;
}

/** A line with something on it. */
interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Anything else may mean more than it says: tabs, escapes, anchors, tags, block scalars, other alphabets. */
const PLAIN_CHARACTERS = /^[A-Za-z0-9 \n_.,:;{}[\]"'$#/()=+<>^-]*$/;

function linesOf(text: string): readonly Line[] | undefined {
  if (!PLAIN_CHARACTERS.test(text)) return undefined;
  const lines: Line[] = [];
  for (const line of text.split("\n")) {
    const content = line.trim();
    if (content === "" || content.startsWith("#")) continue;
    if (content.includes("#") || content.startsWith("---") || content.startsWith("...")) return undefined;
    lines.push({ indent: line.length - line.trimStart().length, text: content });
  }
  return lines;
}

const KEY = /([A-Za-z$_][\w.$-]*):(?: +|$)/y;
const NUMBER = /-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?(?=$|[ ,}\]])/y;
const QUOTED = /"([^"]*)"|'([^']*)'/y;
/** Of a block the text goes to the end of its line, in a flow collection to what ends it. */
const BLOCK_WORDS = /[A-Za-z][\w .,;$/()=+<>^'"{}[\]-]*$/y;
const FLOW_WORDS = /[A-Za-z][\w .;$/()=+<>^-]*/y;
/** What some reader of YAML takes for no text. */
const SPECIAL = /^(?:null|true|false|yes|no|on|off|y|n|nan|inf)$/i;

class PlainReader {
  readonly #lines: Line[];
  #next = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines];
  }

  get isDone(): boolean {
    return this.#next === this.#lines.length;
  }

  /** The mapping or list whose lines are indented by at least `least`. */
  block(least: number): Json | undefined {
    const first = this.#lines[this.#next];
    if (first === undefined || first.indent < least) return undefined;
    return first.text.startsWith("- ") ? this.#list(first.indent) : this.#mapping(first.indent);
  }

  #list(indent: number): Json | undefined {
    const items: Json[] = [];
    for (let line = this.#at(indent); line?.text.startsWith("- "); line = this.#at(indent)) {
      const item = this.#item(line.text.slice(2), indent + 2);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  /** What stands behind a dash; a mapping there goes on in the lines below. */
  #item(content: string, indent: number): Json | undefined {
    KEY.lastIndex = 0;
    if (KEY.test(content)) {
      this.#lines[this.#next] = { indent, text: content };
      return this.#mapping(indent);
    }
    this.#next += 1;
    return scalarOrFlow(content);
  }

  #mapping(indent: number): Json | undefined {
    const mapping: { [key: string]: Json } = {};
    for (let line = this.#at(indent); line !== undefined; line = this.#at(indent)) {
      KEY.lastIndex = 0;
      const [matched = "", key] = KEY.exec(line.text) ?? [];
      if (key === undefined || SPECIAL.test(key) || Object.hasOwn(mapping, key)) return undefined;
      this.#next += 1;
      const rest = line.text.slice(matched.length);
      const value = rest === "" ? this.#below(indent) : scalarOrFlow(rest);
      if (value === undefined) return undefined;
      setKey(mapping, key, value);
    }
    return mapping;
  }

  /** The block of a key; a list may stand as far left as the key itself. */
  #below(indent: number): Json | undefined {
    return this.#at(indent)?.text.startsWith("- ") ? this.#list(indent) : this.block(indent + 1);
  }

  #at(indent: number): Line | undefined {
    const line = this.#lines[this.#next];
    return line?.indent === indent ? line : undefined;
  }
}

/** What stands behind a key or a dash, to the end of its line. */
function scalarOrFlow(text: string): Json | undefined {
  if (/^[A-Za-z]/.test(text)) {
    BLOCK_WORDS.lastIndex = 0;
    return BLOCK_WORDS.test(text) ? word(text) : undefined;
  }
  const flow = new FlowReader(text);
  const value = flow.value();
  return value !== undefined && flow.isDone ? value : undefined;
}

class FlowReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isDone(): boolean {
    return this.#at === this.#text.length;
  }

  value(): Json | undefined {
    switch (this.#text[this.#at]) {
      case "{":
        return this.#mapping();
      case "[":
        return this.#list();
      case '"':
      case "'": {
        const quoted = this.#take(QUOTED);
        return quoted === undefined ? undefined : quoted.slice(1, -1);
      }
      default: {
        const number = this.#take(NUMBER);
        if (number !== undefined) return Number(number) + 0;
        const words = this.#take(FLOW_WORDS);
        return words === undefined ? undefined : word(words.trimEnd());
      }
    }
  }

  #list(): Json | undefined {
    const items: Json[] = [];
    return this.#members("]", () => {
      const item = this.value();
      if (item !== undefined) items.push(item);
      return item !== undefined;
    })
      ? items
      : undefined;
  }

  #mapping(): Json | undefined {
    const mapping: { [key: string]: Json } = {};
    return this.#members("}", () => {
      const key = this.#take(KEY)?.trimEnd().slice(0, -1);
      if (key === undefined || SPECIAL.test(key) || Object.hasOwn(mapping, key)) return false;
      const value = this.value();
      if (value !== undefined) setKey(mapping, key, value);
      return value !== undefined;
    })
      ? mapping
      : undefined;
  }

  /** What stands between brackets, with commas between. */
  #members(close: "]" | "}", member: () => boolean): boolean {
    this.#at += 1;
    this.#blanks();
    if (this.#skip(close)) return true;
    do {
      this.#blanks();
      if (!member()) return false;
      this.#blanks();
    } while (this.#skip(","));
    return this.#skip(close);
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #blanks(): void {
    while (this.#text[this.#at] === " ") this.#at += 1;
  }

  #take(token: RegExp): string | undefined {
    token.lastIndex = this.#at;
    const [found] = token.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }
}

/** A text, or one of the two words that are none. */
function word(text: string): Json | undefined {
  if (text === "true") return true;
  if (text === "false") return false;
  return SPECIAL.test(text) ? undefined : text;
}
