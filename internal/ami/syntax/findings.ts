import type { Span } from "./ast.ts";
import type { SyntaxFinding } from "./syntax_finding.ts";

/** Collects what is wrong with a part of a file. Codes that begin with `W_` are warnings. */
export class Findings {
  readonly list: SyntaxFinding[] = [];
  #errors = false;

  add(code: string, message: string, { start, end }: Span, help?: string): void {
    this.list.push({ code, message, start, end, ...(help === undefined ? {} : { help }) });
    if (!isWarning(code)) this.#errors = true;
  }

  addAll(findings: Iterable<SyntaxFinding>): void {
    for (const { code, message, help, ...span } of findings) this.add(code, message, span, help);
  }

  /** Whether any of them is an error. */
  get hasErrors(): boolean {
    return this.#errors;
  }
}

export function isWarning(code: string): boolean {
  return code.startsWith("W_");
}
