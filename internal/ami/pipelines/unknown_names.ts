import type { Findings, Name, Suggestions } from "../syntax/mod.ts";

/** A place where a name stands that means nothing there. */
export interface UnknownName {
  readonly name: Name;
  readonly code: "E_UNKNOWN_NODE" | "E_EDGE_UNDECLARED_FROM" | "E_EDGE_UNDECLARED_TO" | "E_WORKER_UNDEFINED";
  /** Asked for when every step of the body is known. */
  readonly message: () => string;
  /** What could have been meant. */
  readonly candidates: () => Iterable<string>;
  /** A correction that is known already. */
  readonly help?: string | undefined;
}

/** Collects the unknown names of a body: each is reported once, where it stands first (pipelines §2). */
export class UnknownNames {
  readonly #first = new Map<string, UnknownName>();

  add(unknown: UnknownName): void {
    const { text, start } = unknown.name;
    const first = this.#first.get(text);
    if (first === undefined || start < first.name.start) this.#first.set(text, unknown);
  }

  get any(): boolean {
    return this.#first.size > 0;
  }

  report(findings: Findings, suggestions: Suggestions): void {
    const inOrder = [...this.#first.values()].sort((a, b) => a.name.start - b.name.start);
    for (const { name, code, message, candidates, help } of inOrder) {
      findings.add(code, message(), name, help ?? suggestions.nearest(name.text, candidates()));
    }
  }
}
