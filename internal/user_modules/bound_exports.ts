import type { Letter } from "./letters.ts";
import { LoadedModules } from "./loaded_modules.ts";
import type { ModuleKind } from "./module_kind.ts";
import { DONE, faultOf, type Outcome } from "./outcome.ts";

/** An export of a user's module, whatever it takes and answers. */
export type UserFunction = (...args: readonly unknown[]) => unknown;

/** The exports that the caller gave numbers to. */
export class BoundExports {
  readonly #kind: ModuleKind;
  readonly #modules = new LoadedModules();
  #functions: UserFunction[] = [];

  constructor(kind: ModuleKind) {
    this.#kind = kind;
  }

  renew(): Outcome {
    this.#modules.forget();
    this.#functions = [];
    return DONE;
  }

  /** `text` is [path, name, shown]: the module as its user knows it. */
  async bind({ arg, text }: Letter): Promise<Outcome> {
    const [path, name, shown]: readonly [string, string, string] = JSON.parse(text);
    const { codes } = this.#kind;
    try {
      const exports = await this.#modules.load(path);
      const found = this.#kind.pick === undefined ? exports[name] : this.#kind.pick(exports, name);
      if (typeof found !== "function") {
        const message = `the export ${name} of ${shown} is no function but ${found === null ? "null" : typeof found}`;
        return faultOf(new TypeError(message), codes.noFunction);
      }
      this.#functions[arg] = (...args) => found(...args);
      return DONE;
    } catch (error) {
      return faultOf(error, codes.failed, `${shown} cannot be loaded: `);
    }
  }

  numbered(number: number): UserFunction {
    const found = this.#functions[number];
    if (found === undefined) throw new Error(`no ${this.#kind.callable} has the number ${number}`);
    return found;
  }
}
