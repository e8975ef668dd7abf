import { NO_KINDS } from "../engine/mod.ts";
import type { ModuleKind } from "../user_modules/mod.ts";

/** The name under which a module is asked for the kinds that it has. */
export const KINDS = "";

/** Plugin modules (flows §11): what is called are the members of the default export. */
export const PLUGIN_MODULES: ModuleKind = {
  callable: "plugin",
  codes: {
    forbidden: "E_PLUGIN_IO",
    unusable: "E_PLUGIN_LOAD",
    noFunction: "E_PLUGIN_LOAD",
    failed: "E_PLUGIN_LOAD",
  },
  unless: "without --allow fs or --allow net",
  pick(exports, name) {
    const kinds: unknown = exports.default;
    if (typeof kinds !== "object" || kinds === null || Array.isArray(kinds)) {
      throw new TypeError(NO_KINDS);
    }
    if (name === KINDS) return () => Object.entries(kinds).map(([kind, step]) => [kind, typeof step]);
    return Object.getOwnPropertyDescriptor(kinds, name)?.value;
  },
};
