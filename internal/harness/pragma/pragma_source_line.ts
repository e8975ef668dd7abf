import type { PragmaLine } from "../../ami/mod.ts";
import { type Diagnostic, diagnostic, type LineIndex, type Position } from "../../diag/mod.ts";

/** The test file that a pragma line stands in: what is needed to place a finding. */
export interface PragmaSource {
  /** The stable path, from the root. */
  readonly file: string;
  readonly lines: LineIndex;
}

/** A pragma line while it is read: its text, and the findings made so far. Places are UTF-16 indexes into the line. */
export class SourceLine {
  /** From `#` to the end of the line. */
  readonly text: string;
  /** The word behind `test:`. */
  readonly name: string;
  /** Of `test:`. */
  readonly nameStart: number;
  readonly payloadStart: number;
  readonly #source: PragmaSource;
  readonly #line: PragmaLine;
  readonly #found: Diagnostic[] = [];

  constructor(source: PragmaSource, line: PragmaLine) {
    this.#source = source;
    this.#line = line;
    this.text = source.lines.text.slice(line.start, line.end);
    this.name = line.name.slice("test:".length);
    this.nameStart = line.nameStart - line.start;
    this.payloadStart = line.payloadStart - line.start;
  }

  position(index: number): Position {
    return this.#source.lines.position(this.#line.start + index);
  }

  /** Adds a finding; `help` is the corrected text, where it can be guessed. */
  add(code: string, message: string, index: number, help?: string): void {
    const data = help === undefined ? undefined : { help };
    this.#found.push(diagnostic({ code, message, file: this.#source.file, pos: this.position(index), data }));
  }

  /** All findings, by position. */
  findings(): readonly Diagnostic[] {
    return byPosition(this.#found);
  }
}

/** Findings in the order of their places; those of one place keep their order. */
export function byPosition(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  if (findings.length < 2) return findings;
  return findings.toSorted((a, b) => (a.pos?.offset ?? 0) - (b.pos?.offset ?? 0));
}
