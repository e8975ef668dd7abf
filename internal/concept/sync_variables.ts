import { didYouMean } from "../diag/mod.ts";
import type { YamlFindings } from "../yaml/mod.ts";
import { checkName } from "./names.ts";
import { mayFit, type SpecType, typeName } from "./spec_type.ts";

interface Variable {
  /** As far as it is known: of what is inside an object, no place tells. */
  type: SpecType | undefined;
  readonly start: number;
  /** A key column, which tells rows apart even if nothing reads it. */
  readonly isKey: boolean;
  isUsed: boolean;
}

/** The variables of one sync, as far as they are met. */
export class SyncVariables {
  readonly #sync: string;
  readonly #findings: YamlFindings;
  readonly #known = new Map<string, Variable>();

  constructor(sync: string, findings: YamlFindings) {
    this.#sync = sync;
    this.#findings = findings;
  }

  get names(): readonly string[] {
    return [...this.#known.keys()];
  }

  has(name: string): boolean {
    return this.#known.has(name);
  }

  /** A place where a variable gets its value, or must agree with the one it has. False if it is no name. */
  bind(name: string, type: SpecType | undefined, start: number, isKey = false): boolean {
    const known = this.#known.get(name);
    if (known === undefined) {
      if (!checkName(name, "variable", start, this.#findings)) return false;
      this.#known.set(name, { type, start, isKey, isUsed: false });
      return true;
    }
    // Met twice it joins, which is a use.
    known.isUsed = true;
    if (type !== undefined && known.type !== undefined && !mayFit(known.type, type)) {
      const message = `the variable ${name} is ${typeName(known.type)} elsewhere in ${this.#sync}, and ${typeName(type)} here`;
      this.#findings.add("E_SYNC_VAR_TYPE", message, start);
    }
    known.type ??= type;
    return true;
  }

  /** A place that reads a variable: its type, `open` where only the run knows it; E_SYNC_VAR_UNBOUND and `none` without it. */
  use(name: string, start: number): SpecType | "open" | "none" {
    if (name === "flow_token") return { kind: "string" };
    const known = this.#known.get(name);
    if (known === undefined) {
      const help = didYouMean(name, [...this.#known.keys(), "flow_token"]);
      const message = `${this.#sync} binds no variable ${name}`;
      this.#findings.add("E_SYNC_VAR_UNBOUND", message, start, { help });
      return "none";
    }
    known.isUsed = true;
    return known.type ?? "open";
  }

  /** W_SYNC_UNUSED_BINDING; never for a key column bound in where (scenarios.md §4). */
  warnUnused(): void {
    for (const [name, { isUsed, isKey, start }] of this.#known) {
      if (isUsed || isKey) continue;
      const message = `nothing in ${this.#sync} uses the variable ${name}`;
      this.#findings.add("W_SYNC_UNUSED_BINDING", message, start, { level: "warn" });
    }
  }
}
