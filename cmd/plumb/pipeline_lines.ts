/** The longest line that is gathered from several pieces, in bytes: a line without end must not fill the memory. */
const MAX_LINE = 64 * 1024 * 1024;

const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = "\ufeff";

/** Why a line is no text. */
export class LineFault {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

/**
 * Cuts bytes that come in pieces into lines, which end in LF or CRLF; an initial byte-order mark is skipped. A piece is
 * decoded as a whole: line by line it would cost more than everything else that happens to a line.
 */
export class LineCutter {
  /** From 1: the number of the line that `next` gave last. */
  number = 0;
  readonly #longest: number;
  /** A mark elsewhere is a character like any other, so the decoder must not take it off. */
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** What is no text, and lines beside such in one piece: they come before `#text`. */
  readonly #odd: (string | LineFault)[] = [];
  /** Whole lines, each with its LF, and how far they have been given. */
  #text = "";
  #at = 0;
  /** The pieces of a line whose end has not come, and their size; beyond the longest only the size is kept. */
  #open: Uint8Array[] = [];
  #openSize = 0;

  constructor(longest = MAX_LINE) {
    this.#longest = longest;
  }

  /** Adds a piece; call it only when `next` has nothing more. */
  add(piece: Uint8Array): void {
    const first = piece.indexOf(LF);
    if (first < 0) {
      this.#keep(piece);
      return;
    }
    const end = piece.lastIndexOf(LF) + 1;
    let from = 0;
    if (this.#openSize + first > this.#longest) {
      this.#odd.push(new LineFault(`longer than ${this.#longest} bytes`));
      this.#open = [];
      from = first + 1;
    }
    this.#decode(joined(this.#open, piece.subarray(from, end)));
    this.#open = [];
    this.#openSize = 0;
    this.#keep(piece.subarray(end));
  }

  /** Nothing more comes: the open line is whole. */
  end(): void {
    if (this.#openSize > 0) this.add(Uint8Array.of(LF));
  }

  /** The next line, without its end; undefined: more has to be added first. */
  next(): string | LineFault | undefined {
    if (this.#odd.length > 0) return this.#given(this.#odd.shift());
    const from = this.#at;
    if (from === this.#text.length) return undefined;
    const end = this.#text.indexOf("\n", from);
    this.#at = end + 1;
    return this.#given(this.#text.slice(from, end));
  }

  #decode(lines: Uint8Array): void {
    this.#at = 0;
    this.#text = "";
    try {
      this.#text = this.#decoder.decode(lines);
    } catch {
      for (let from = 0; from < lines.length; ) {
        const end = lines.indexOf(LF, from);
        this.#odd.push(this.#decodeLine(lines.subarray(from, end)));
        from = end + 1;
      }
    }
  }

  #decodeLine(line: Uint8Array): string | LineFault {
    try {
      return this.#decoder.decode(line);
    } catch {
      return new LineFault("not UTF-8");
    }
  }

  #keep(rest: Uint8Array): void {
    this.#openSize += rest.length;
    if (this.#openSize > this.#longest) this.#open = [];
    // A copy, because a view would keep the whole piece.
    else if (rest.length > 0) this.#open.push(rest.slice());
  }

  #given(line: string | LineFault | undefined): string | LineFault | undefined {
    this.number += 1;
    if (typeof line !== "string") return line;
    const from = this.number === 1 && line.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
    // The code is compared because `endsWith` costs ten times as much, and this runs for every line.
    const end = line.charCodeAt(line.length - 1) === CR ? line.length - 1 : line.length;
    return from === 0 && end === line.length ? line : line.slice(from, end);
  }
}

function joined(open: readonly Uint8Array[], lines: Uint8Array): Uint8Array {
  return open.length === 0 ? lines : Buffer.concat([...open, lines]);
}
