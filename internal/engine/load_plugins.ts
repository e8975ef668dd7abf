import { type Diagnostic, diagnostic, errorText } from "../diag/mod.ts";
import { isControlKind } from "../flow/mod.ts";
import type { PluginStep } from "./plugin.ts";

/** A plugin module that was asked for. */
export interface PluginModule {
  /** Absolute. */
  readonly path: string;
  /** As messages call it. */
  readonly shown: string;
}

/** The step kinds of plugin modules, and why some cannot be used (E_PLUGIN_…, exit 2). */
export interface LoadedPlugins {
  readonly steps: ReadonlyMap<string, PluginStep>;
  readonly findings: readonly Diagnostic[];
}

/** Evaluates plugin modules in their order (flows §11); the compiled executable can import them too (BUN.md). */
export async function loadPlugins(modules: readonly PluginModule[]): Promise<LoadedPlugins> {
  const steps = new Map<string, PluginStep>();
  const owners = new Map<string, string>();
  const findings: Diagnostic[] = [];
  for (const { path, shown } of modules) {
    const complain = (code: string, message: string) => findings.push(diagnostic({ code, message, file: shown }));
    const kinds = await importKinds(path);
    if (typeof kinds === "string") {
      complain("E_PLUGIN_LOAD", `plugin ${shown} cannot be used: ${kinds}`);
      continue;
    }
    for (const [kind, step] of kinds) {
      const owner = owners.get(kind);
      if (isControlKind(kind)) complain("E_PLUGIN_RESERVED", `plugin ${shown} may not perform ${kind}, a control kind`);
      else if (owner !== undefined)
        complain("E_PLUGIN_DUPLICATE", `${shown} performs ${kind}, as ${owner} does already`);
      else if (typeof step !== "function")
        complain("E_PLUGIN_LOAD", `plugin ${shown} cannot be used: its ${kind} is no function`);
      else {
        owners.set(kind, shown);
        steps.set(kind, step as PluginStep);
      }
    }
  }
  return { steps, findings };
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
    return 'its default export must be { "<kind>": async (args, ctx) => result }';
  }
  return Object.entries(kinds);
}

/** What is wrong with a module's syntax comes as several errors in one. */
function firstLine(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? (error.errors[0] ?? error) : error;
  return errorText(first).split("\n", 1)[0] ?? "";
}
