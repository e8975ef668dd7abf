import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import { isControlKind } from "../flow/mod.ts";

/** A plugin module that was asked for. */
export interface PluginModule {
  /** Absolute. */
  readonly path: string;
  /** As messages call it. */
  readonly shown: string;
}

/** What a module has: its step kinds, or why it has none. */
export type FoundKinds<S> =
  | { readonly module: PluginModule; readonly kinds: readonly (readonly [kind: string, step: S])[] }
  | { readonly module: PluginModule; readonly code: string; readonly why: string };

/** A step kind that may be performed, and by what. */
export interface JudgedKind<S> {
  readonly module: PluginModule;
  readonly step: S;
}

/** The end of `plugin x cannot be used: …` where a module exports something else. */
export const NO_KINDS = 'its default export must be { "<kind>": async (args, ctx) => result }';

/** Which of the kinds that modules have may be performed, and what is against the others (flows §11: E_PLUGIN_…). */
export function judgeKinds<S>(
  found: Iterable<FoundKinds<S>>,
  isFunction: (step: S) => boolean,
): { readonly kinds: ReadonlyMap<string, JudgedKind<S>>; readonly findings: readonly Diagnostic[] } {
  const kinds = new Map<string, JudgedKind<S>>();
  const findings: Diagnostic[] = [];
  for (const one of found) {
    const { module } = one;
    const { shown } = module;
    const complain = (code: string, message: string) => findings.push(diagnostic({ code, message, file: shown }));
    if ("code" in one) {
      complain(one.code, `plugin ${shown} cannot be used: ${one.why}`);
      continue;
    }
    for (const [kind, step] of one.kinds) {
      const owner = kinds.get(kind)?.module.shown;
      if (isControlKind(kind)) complain("E_PLUGIN_RESERVED", `plugin ${shown} may not perform ${kind}, a control kind`);
      else if (owner !== undefined)
        complain("E_PLUGIN_DUPLICATE", `${shown} performs ${kind}, as ${owner} does already`);
      else if (!isFunction(step))
        complain("E_PLUGIN_LOAD", `plugin ${shown} cannot be used: its ${kind} is no function`);
      else kinds.set(kind, { module, step });
    }
  }
  return { kinds, findings };
}
