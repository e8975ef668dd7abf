import { type Diagnostic, LineIndex } from "../../diag/mod.ts";
import { type Remark, YamlFindings } from "../../yaml/mod.ts";

/** Findings about a JavaScript object, in the order of its parts. Their place is a path, at the beginning of the message. */
export class ObjectFindings extends YamlFindings {
  /** Paths by the index that stands for them in nodes. */
  readonly #paths: readonly string[];
  readonly #starts: number[] = [];

  /** @param paths may grow as long as the object is read */
  constructor(name: string, paths: readonly string[]) {
    super(name, new LineIndex(""));
    this.#paths = paths;
  }

  override add(
    code: string,
    message: string,
    at: number | { readonly start: number; readonly from?: string },
    remark: Remark = {},
  ): void {
    const start = typeof at === "number" ? at : at.start;
    const path = this.placeText(start);
    super.add(code, path === "" ? message : `${path}: ${message}`, at, remark);
    const [finding] = this.all.splice(-1);
    if (finding !== undefined) this.#insert(finding, start);
  }

  override placeText(start: number): string {
    return this.#paths[start] ?? "";
  }

  protected override placeOf(): { readonly file: string; readonly pos: undefined } {
    return { file: this.file, pos: undefined };
  }

  #insert(finding: Diagnostic, start: number): void {
    const index = this.#starts.findLastIndex((earlier) => earlier <= start) + 1;
    this.#starts.splice(index, 0, start);
    this.all.splice(index, 0, finding);
  }
}
