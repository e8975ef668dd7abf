import { type Diagnostic, diagnostic } from "../diag/mod.ts";

/** What a run has to tell besides its result: each kind of it once (flows §13, Failures). */
export class RunWarnings {
  readonly #byCode = new Map<string, Diagnostic>();

  add(code: string, message: string): void {
    if (!this.#byCode.has(code)) this.#byCode.set(code, diagnostic({ level: "warn", code, message }));
  }

  all(): readonly Diagnostic[] {
    return [...this.#byCode.values()];
  }
}
