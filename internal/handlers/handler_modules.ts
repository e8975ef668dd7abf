import type { HandlerModules } from "../concept/mod.ts";
import { scanModule } from "../user_modules/mod.ts";
import { HANDLER_MODULES } from "./handler_kind.ts";

/**
 * Looks into handler modules without running them, for `loadSpecs`. Unless they are `open`, they and what they import may import
 * relative files and `plumb` only: under `plumb test` without `--allow fs` or `--allow net` (scenarios.md §3).
 */
export function handlerModules({ open }: { readonly open: boolean }): HandlerModules {
  return {
    exports: (path) => {
      const found = scanModule(path, open, HANDLER_MODULES);
      if (!("code" in found)) return found;
      const { message } = found;
      return { code: found.code === "E_SPEC_HANDLER_IO" ? "E_SPEC_HANDLER_IO" : "E_SPEC_HANDLER", message };
    },
  };
}
