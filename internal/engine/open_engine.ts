import { resolve } from "node:path";
import { diagnostic } from "../diag/mod.ts";
import { FlowInputError } from "../flow/mod.ts";
import type { Engine, EngineName } from "./engine.ts";
import { HTTP_STEPS } from "./http_steps.ts";
import { loadPlugins } from "./load_plugins.ts";
import { LocalEngine } from "./local_engine.ts";
import type { Mocks } from "./mocks.ts";
import { pluginSteps } from "./plugin_steps.ts";

/** What an engine outside of tests is made from. */
export interface EngineSetup {
  readonly engine: EngineName;
  /** Absolute. */
  readonly cwd: string;
  readonly mocks?: Mocks | undefined;
  readonly seed?: number | undefined;
  /** Plugin modules, from the working directory. */
  readonly plugins?: readonly string[] | undefined;
}

/**
 * Makes an engine with a real clock.
 * @throws FlowInputError: E_PLUGIN_…
 */
export async function openEngine({ engine, cwd, mocks, seed, plugins = [] }: EngineSetup): Promise<Engine> {
  if (engine === "proc") throw procIsMissing();
  const modules = plugins.map((shown) => ({ path: resolve(cwd, shown), shown }));
  const { steps, findings } = await loadPlugins(modules);
  if (findings.length > 0) throw new FlowInputError(findings);
  return new LocalEngine({ mocks, seed, providers: [pluginSteps(steps), HTTP_STEPS] });
}

/** Until the process engine is there. */
function procIsMissing(): FlowInputError {
  const message = "engine proc is not in this build of plumb; run the flow with --engine local";
  return new FlowInputError([diagnostic({ code: "E_ENGINE_PROC", message })]);
}
