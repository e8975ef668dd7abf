import { type Diagnostic, errorText } from "../diag/mod.ts";
import { type FoundKinds, judgeKinds, NO_KINDS, type PluginModule } from "./judge_kinds.ts";
import type { PluginStep } from "./plugin.ts";

/** The step kinds of plugin modules, and why some cannot be used (E_PLUGIN_…, exit 2). */
export interface LoadedPlugins {
  readonly steps: ReadonlyMap<string, PluginStep>;
  readonly findings: readonly Diagnostic[];
}

/** Evaluates plugin modules in their order (flows §11); the compiled executable can import them too (BUN.md). */
export async function loadPlugins(modules: readonly PluginModule[]): Promise<LoadedPlugins> {
  const found: FoundKinds<unknown>[] = [];
  for (const module of modules) {
    const kinds = await importKinds(module.path);
    found.push(typeof kinds === "string" ? { module, code: "E_PLUGIN_LOAD", why: kinds } : { module, kinds });
  }
  const { kinds, findings } = judgeKinds(found, (step) => typeof step === "function");
  return { steps: new Map([...kinds].map(([kind, { step }]) => [kind, step as PluginStep])), findings };
}

/** The default export of a module, or why there is none. */
async function importKinds(path: string): Promise<readonly [string, unknown][] | string> {
  let module: unknown;
  try {
    module = await import(path);
  } catch (error) {
    return firstLine(error);
  }
  const kinds: unknown =
    typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
  if (typeof kinds !== "object" || kinds === null || Array.isArray(kinds)) {
    return NO_KINDS;
  }
  return Object.entries(kinds);
}

/** What is wrong with a module's syntax comes as several errors in one. */
function firstLine(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  return errorText(first).split("\n", 1)[0] ?? "";
}
