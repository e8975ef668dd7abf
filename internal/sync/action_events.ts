import type { LoggedCompletion } from "../store/mod.ts";
import { type Strict, writeCanonical } from "../value/mod.ts";
import type { CompiledTerm } from "./compiled_sync.ts";
import { termValue } from "./match.ts";

const NONE: readonly LoggedCompletion[] = [];

/** The finished invocations of one action by the `seq` of their completions, and by the values at paths that joins ask for. */
export class ActionEvents {
  readonly all: LoggedCompletion[];
  /** By path, then by the canonical JSON of what stands there. */
  readonly #byPath = new Map<string, PathIndex>();

  constructor(all: LoggedCompletion[]) {
    this.all = all;
  }

  add(completion: LoggedCompletion): void {
    this.all.push(completion);
    for (const index of this.#byPath.values()) index.add(completion);
  }

  /** Those that have this value at the path of a term. */
  having(term: CompiledTerm, value: Strict): readonly LoggedCompletion[] {
    let index = this.#byPath.get(term.path);
    if (index === undefined) {
      index = new PathIndex(term);
      for (const completion of this.all) index.add(completion);
      this.#byPath.set(term.path, index);
    }
    return index.get(value);
  }
}

class PathIndex {
  readonly #term: CompiledTerm;
  readonly #byValue = new Map<string, LoggedCompletion[]>();

  constructor(term: CompiledTerm) {
    this.#term = term;
  }

  add(completion: LoggedCompletion): void {
    const value = termValue(this.#term, completion);
    if (value === undefined) return;
    const key = writeCanonical(value);
    const others = this.#byValue.get(key);
    if (others === undefined) this.#byValue.set(key, [completion]);
    else others.push(completion);
  }

  get(value: Strict): readonly LoggedCompletion[] {
    return this.#byValue.get(writeCanonical(value)) ?? NONE;
  }
}
