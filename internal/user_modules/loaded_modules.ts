import { ModuleTimers } from "./module_timers.ts";

/** The modules that this thread has evaluated, and what is left of them: what was there before is plumb's own. */
export class LoadedModules {
  readonly #own = new Set(Object.keys(require.cache));
  readonly #globals = new Set(Reflect.ownKeys(globalThis));
  readonly #timers = new ModuleTimers();

  /** The exports of the module at an absolute path; evaluates it and what it imports, unless that was done since `forget`. */
  async load(path: string): Promise<Readonly<Record<string, unknown>>> {
    return await import(path);
  }

  /**
   * From now on modules are evaluated anew, and what they added to the globals or left to timers is gone: a case must not see what
   * another one left (DESIGN, determinism).
   */
  forget(): void {
    this.#timers.clear();
    for (const path of Object.keys(require.cache)) if (!this.#own.has(path)) delete require.cache[path];
    for (const key of Reflect.ownKeys(globalThis)) if (!this.#globals.has(key)) Reflect.deleteProperty(globalThis, key);
  }
}
