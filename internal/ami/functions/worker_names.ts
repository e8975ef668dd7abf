import { isModuleFault, type ModuleFault } from "./worker_modules.ts";
import type { FunctionScope, ScopedFunction } from "./worker_scope.ts";

/** What a name means as a worker. */
export type WorkerMeaning =
  | { readonly kind: "function"; readonly func: ScopedFunction }
  /** An export of the worker module at `path`. */
  | { readonly kind: "module"; readonly path: string; readonly name: string }
  /** Defined by a function and a module, or by two modules. */
  | { readonly kind: "ambiguous"; readonly by: string };

/** A worker module as the file binds it. */
export interface BoundModule {
  /** As written. */
  readonly shown: string;
  /** Absolute. */
  readonly path: string;
  readonly exports: readonly string[] | ModuleFault;
}

/** The names that are workers in one file: functions of its package, `x.F` of its imports, exports of its modules. */
export class WorkerNames {
  readonly scope: FunctionScope;
  /** Functions may be missing: a declaration could not be read. */
  readonly lacksFunctions: boolean;
  /** Names may be missing: functions, or a module could not be loaded. */
  readonly incomplete: boolean;
  readonly #exports = new Map<string, BoundModule[]>();

  constructor(scope: FunctionScope, modules: readonly BoundModule[], lacksFunctions: boolean) {
    this.scope = scope;
    this.lacksFunctions = lacksFunctions;
    this.incomplete = lacksFunctions || modules.some((module) => isModuleFault(module.exports));
    for (const module of modules) {
      for (const name of isModuleFault(module.exports) ? [] : module.exports) {
        const others = this.#exports.get(name);
        if (others === undefined) this.#exports.set(name, [module]);
        else if (!others.some(({ path }) => path === module.path)) others.push(module);
      }
    }
  }

  /** What `name` means, `x.F` in one; undefined if it is no worker's name. */
  meaning(name: string): WorkerMeaning | undefined {
    const func = this.#functionOf(name);
    const [module, other] = this.#exports.get(name) ?? [];
    if (module === undefined) return func === undefined ? undefined : { kind: "function", func };
    if (func !== undefined) return { kind: "ambiguous", by: `a function and ${module.shown}` };
    if (other !== undefined) return { kind: "ambiguous", by: `${module.shown} and ${other.shown}` };
    return { kind: "module", path: module.path, name };
  }

  isAlias(word: string): boolean {
    return this.scope.imports.has(word);
  }

  /** Every name that {@link meaning} knows, for guesses. */
  *names(): Iterable<string> {
    yield* this.scope.functions.keys();
    yield* this.#exports.keys();
    for (const [alias, functions] of this.scope.imports) for (const name of functions.keys()) yield `${alias}.${name}`;
  }

  #functionOf(name: string): ScopedFunction | undefined {
    const dot = name.indexOf(".");
    if (dot < 0) return this.scope.functions.get(name);
    return this.scope.imports.get(name.slice(0, dot))?.get(name.slice(dot + 1));
  }
}
