import { resolve } from "node:path";
import { FlowInputError } from "../flow/mod.ts";
import type { Engine } from "./engine.ts";
import type { EngineSetup } from "./engine_setup.ts";
import { HTTP_STEPS } from "./http_steps.ts";
import { loadPlugins } from "./load_plugins.ts";
import { LocalEngine } from "./local_engine.ts";
import { pluginSteps } from "./plugin_steps.ts";

/**
 * Makes an engine with a real clock. Nothing is started yet.
 * @throws FlowInputError: E_PLUGIN_…, E_EXECUTOR_PATH, E_EXECUTOR_REQUIRED, E_TRANSPORT
 */
export async function openEngine(setup: EngineSetup): Promise<Engine> {
  const { engine, settings, cwd, mocks, seed } = setup;
  if (engine === "proc") {
    // Who runs a flow in this process should not wait for what talks to others.
    const { openProcessEngine } = await import("./open_process_engine.ts");
    return openProcessEngine(setup);
  }
  const modules = settings.plugins.map((shown) => ({ path: resolve(cwd, shown), shown }));
  const { steps, findings } = await loadPlugins(modules);
  if (findings.length > 0) throw new FlowInputError(findings);
  return new LocalEngine({ mocks, seed, providers: [pluginSteps(steps), HTTP_STEPS] });
}
