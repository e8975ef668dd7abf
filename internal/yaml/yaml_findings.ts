import { type Diagnostic, diagnostic, type Level, type LineIndex, type Position } from "../diag/mod.ts";

export interface Remark {
  /** The corrected text, or what to do. */
  readonly help?: string | undefined;
  /** Default `error`. */
  readonly level?: Level;
}

/** Collects what is wrong with one file. */
export class YamlFindings {
  /** As messages name the file. */
  readonly file: string;
  readonly source: LineIndex;
  readonly all: Diagnostic[] = [];

  constructor(file: string, source: LineIndex) {
    this.file = file;
    this.source = source;
  }

  /** `at`: a node, or a UTF-16 index of the text. */
  add(
    code: string,
    message: string,
    at: number | { readonly start: number; readonly from?: string },
    { help, level = "error" }: Remark = {},
  ): void {
    const { start, from } = typeof at === "number" ? { start: at } : at;
    const text = from === undefined ? message : `${message} (${from})`;
    const data = help === undefined ? undefined : { help };
    this.all.push(diagnostic({ code, message: text, ...this.placeOf(start), level, data }));
  }

  /** The place at a UTF-16 index as messages say it: `a.scenario.yaml:3:9`. */
  placeText(start: number): string {
    const { line, column } = this.source.position(start);
    return `${this.file}:${line}:${column}`;
  }

  /** What a finding says of the place at a UTF-16 index. */
  protected placeOf(start: number): { readonly file: string; readonly pos: Position | undefined } {
    return { file: this.file, pos: this.source.position(start) };
  }
}
