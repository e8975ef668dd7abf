import { type Diagnostic, diagnostic, type Level, type LineIndex } from "../diag/mod.ts";

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
    at: number | { readonly start: number },
    { help, level = "error" }: Remark = {},
  ): void {
    const pos = this.source.position(typeof at === "number" ? at : at.start);
    const data = help === undefined ? undefined : { help };
    this.all.push(diagnostic({ code, message, file: this.file, pos, level, data }));
  }
}
