import type { HandlerModules } from "../concept/mod.ts";
import { scanModule } from "../user_modules/mod.ts";
import { HANDLER_MODULES } from "./handler_kind.ts";
import type { HandlerThreads } from "./handler_threads.ts";

export interface HandlerModulesOptions {
  /** They may import whatever they like, and so may what they import; else relative files and `plumb` only (scenarios.md §3). */
  readonly open: boolean;
  /** Evaluates them too: whoever will run them wants to know now that they do not load. Default: nothing of them runs. */
  readonly threads?: Pick<HandlerThreads, "load"> | undefined;
}

/** Looks into handler modules, for `loadSpecs`. They are open always but under `plumb test` without `--allow fs` or `--allow net`. */
export function handlerModules({ open, threads }: HandlerModulesOptions): HandlerModules {
  return {
    exports: (path, called) => {
      const found = scanModule(path, open, HANDLER_MODULES);
      if ("code" in found) {
        const { code, message } = found;
        return { code: code === "E_SPEC_HANDLER_IO" ? code : "E_SPEC_HANDLER", message };
      }
      const used = found.filter((name) => called.includes(name));
      return threads?.load(path, used) ?? found;
    },
  };
}
