import { type ContentLine, contentLines } from "./content_lines.ts";
import type { Entry, Layout, List, Mapping, Node, Scalar } from "./layout.ts";
import { ParseFault } from "./parse_fault.ts";
import { type Part, trimmed } from "./part.ts";

/**
 * Reads the indented lines that .wdl and .pdl share (flows §1): it looks like YAML and is not YAML. Takes time in proportion
 * to the text, and no call stack, however deep blocks are nested.
 *
 * @throws ParseFault for what the table of flows §1 lists
 */
export function readLayout(text: string): Layout {
  const builder = new LayoutBuilder(text);
  for (const line of contentLines(text)) builder.add(line);
  return builder.finish();
}

interface OpenMapping extends Mapping {
  readonly entries: Entry[];
}

interface OpenList extends List {
  readonly items: Node[];
}

interface Block {
  readonly indent: number;
  readonly node: OpenMapping | OpenList;
}

/** What the last line left open: a deeper line begins its block. */
interface Opening {
  /** Puts the block in its place. */
  readonly fill: (block: Node) => void;
  /** For `- ` with nothing behind it: where to complain if no block follows. */
  readonly dash: number | undefined;
}

class LayoutBuilder {
  readonly #text: string;
  readonly #blocks: Block[] = [];
  #root: OpenMapping | undefined;
  #opening: Opening | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  add(line: ContentLine): void {
    const top = this.#blocks.at(-1);
    if (top === undefined || this.#root === undefined) this.#begin(line);
    else if (line.indent > top.indent) this.#deeper(line);
    else this.#sibling(line);
    this.#take(line);
  }

  finish(): Layout {
    this.#closeOpening();
    if (this.#root === undefined) {
      throw new ParseFault("the file says nothing: there is no line but blank ones and comments", { at: undefined });
    }
    return { root: this.#root, start: this.#root.at };
  }

  #begin({ indent, at }: ContentLine): void {
    if (indent > 0) throw new ParseFault("the first line must not be indented", { at });
    this.#root = { kind: "mapping", at, entries: [] };
    this.#blocks.push({ indent, node: this.#root });
  }

  #deeper(line: ContentLine): void {
    const opening = this.#opening;
    if (opening === undefined) throw tooDeep(line);
    this.#opening = undefined;
    const node: Block["node"] = this.#isItem(line)
      ? { kind: "list", at: line.at, items: [] }
      : { kind: "mapping", at: line.at, entries: [] };
    opening.fill(node);
    this.#blocks.push({ indent: line.indent, node });
  }

  #sibling(line: ContentLine): void {
    this.#closeOpening();
    while ((this.#blocks.at(-1)?.indent ?? 0) > line.indent) this.#blocks.pop();
    if (this.#blocks.at(-1)?.indent !== line.indent) throw tooDeep(line);
  }

  #closeOpening(): void {
    if (this.#opening?.dash !== undefined) {
      throw new ParseFault("nothing follows the dash: a deeper block must", { at: this.#opening.dash, length: 1 });
    }
    this.#opening = undefined;
  }

  #isItem({ at, end }: ContentLine): boolean {
    return at + 1 < end && this.#text.startsWith("- ", at);
  }

  #take(line: ContentLine): void {
    const node = this.#blocks.at(-1)?.node;
    if (node?.kind === "list") this.#takeItem(line, node.items);
    else if (node !== undefined) this.#takeEntry(line, node.entries);
  }

  #takeItem(line: ContentLine, items: Node[]): void {
    const { at, end } = line;
    if (!this.#isItem(line)) {
      throw new ParseFault("a line of a list begins with '- '", { at, length: end - at });
    }
    const { text, at: start } = trimmedStart({ text: this.#text.slice(at + 2, end), at: at + 2 });
    const core = text.trimEnd();
    if (core === "") {
      this.#opening = { dash: at, fill: (block) => items.push(block) };
    } else if (core.endsWith(":")) {
      const key = core.slice(0, -1).trimEnd();
      if (key === "") throw emptyKey(at);
      items.push({ kind: "mapping", at: start, entries: [this.#openEntry(key, start, start)] });
    } else {
      items.push({ kind: "scalar", text, at: start });
    }
  }

  #takeEntry(line: ContentLine, entries: Entry[]): void {
    const { at, end } = line;
    const content: Part = { text: this.#text.slice(at, end), at };
    if (this.#isItem(line)) {
      throw new ParseFault("a line of a list stands among the keys of a mapping", { at, length: end - at });
    }
    const colon = splittingColon(content.text);
    if (colon < 0) {
      entries.push({ kind: "bare", ...trimmed(content) });
      return;
    }
    const key = trimmed({ text: content.text.slice(0, colon), at });
    if (key.text === "") throw emptyKey(at);
    const past = at + colon + 1;
    const value = trimmedStart({ text: content.text.slice(colon + 1), at: past });
    if (value.text === "") entries.push(this.#openEntry(key.text, key.at, past));
    else entries.push({ kind: "key", key: key.text, at: key.at, value: scalar(value) });
  }

  /** An entry whose block, if it has one, comes with the next line. */
  #openEntry(key: string, at: number, emptyAt: number): Entry {
    const entry: { kind: "key"; key: string; at: number; value: Node } = {
      kind: "key",
      key,
      at,
      value: { kind: "mapping", at: emptyAt, entries: [] },
    };
    this.#opening = {
      dash: undefined,
      fill: (block) => {
        entry.value = block;
      },
    };
    return entry;
  }
}

/**
 * The index of the first `:` outside quotes that is not followed by `=`; a backslash skips the next character. -1: the line
 * is a bare statement.
 */
function splittingColon(text: string): number {
  let quote = "";
  for (let i = 0; i < text.length; i += 1) {
    const character = text.charAt(i);
    if (character === "\\") i += 1;
    else if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ":" && text.charAt(i + 1) !== "=") return i;
  }
  return -1;
}

function scalar({ text, at }: Part): Scalar {
  return { kind: "scalar", text, at };
}

function trimmedStart({ text, at }: Part): Part {
  const core = text.trimStart();
  return { text: core, at: at + text.length - core.length };
}

function tooDeep({ at, end }: ContentLine): ParseFault {
  return new ParseFault("the line is indented deeper than the block that it stands in", { at, length: end - at });
}

function emptyKey(at: number): ParseFault {
  return new ParseFault("nothing stands before the colon: a key must", { at, length: 1 });
}
