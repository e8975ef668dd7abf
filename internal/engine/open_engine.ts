import { resolve } from "node:path";
import type { RuntimeSettings } from "../config/mod.ts";
import { diagnostic } from "../diag/mod.ts";
import { FlowInputError } from "../flow/mod.ts";
import { AddressError, parseTransport, type TransportAddress } from "../rep/mod.ts";
import { realAlarms } from "../world/mod.ts";
import { cacheFolderOf } from "./capability_cache.ts";
import type { Engine, EngineName } from "./engine.ts";
import type { ExecutorSetup } from "./executor_setup.ts";
import { HTTP_STEPS } from "./http_steps.ts";
import { loadPlugins } from "./load_plugins.ts";
import { LocalEngine } from "./local_engine.ts";
import type { Mocks } from "./mocks.ts";
import { pluginSteps } from "./plugin_steps.ts";
import { ProcessEngine } from "./process_engine.ts";

/** What an engine outside of tests is made from. */
export interface EngineSetup {
  /** Not always that of the settings: two engines may be compared. */
  readonly engine: EngineName;
  readonly settings: RuntimeSettings;
  /** Absolute. */
  readonly cwd: string;
  /** plumb's own environment, for executors. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of the executor, after those of the settings. */
  readonly executorArgs?: readonly string[] | undefined;
  readonly mocks?: Mocks | undefined;
  readonly seed?: number | undefined;
}

/**
 * Makes an engine with a real clock. Nothing is started yet.
 * @throws FlowInputError: E_PLUGIN_…, E_EXECUTOR_PATH, E_EXECUTOR_REQUIRED, E_TRANSPORT
 */
export async function openEngine(setup: EngineSetup): Promise<Engine> {
  const { engine, settings, cwd, mocks, seed } = setup;
  if (engine === "proc") return new ProcessEngine(executorSetup(setup), mocks);
  const modules = settings.plugins.map((shown) => ({ path: resolve(cwd, shown), shown }));
  const { steps, findings } = await loadPlugins(modules);
  if (findings.length > 0) throw new FlowInputError(findings);
  return new LocalEngine({ mocks, seed, providers: [pluginSteps(steps), HTTP_STEPS] });
}

function executorSetup({ settings, cwd, env, executorArgs = [] }: EngineSetup): ExecutorSetup {
  const { executorPath: path } = settings;
  const address = addressOf(settings.transport);
  if (path === null && address.kind === "stdio") {
    const message = "engine proc needs an executor: set runtime.executor_path, or --executor-path PATH";
    throw new FlowInputError([diagnostic({ code: "E_EXECUTOR_REQUIRED", message })]);
  }
  const args = [...settings.executorArgs, ...executorArgs];
  return {
    executor: path === null ? undefined : { path, args },
    address,
    cwd,
    env,
    executorEnv: settings.executorEnv,
    callTimeoutMs: settings.callTimeoutMs,
    maxFrameBytes: settings.maxFrameBytes,
    allowShell: settings.allowShell,
    language: settings.language,
    reuse: settings.reuse,
    cacheFolder: settings.capabilityCache ? cacheFolderOf(env) : undefined,
    alarms: realAlarms,
  };
}

function addressOf(transport: string): TransportAddress {
  try {
    return parseTransport(transport);
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    throw new FlowInputError([diagnostic({ code: "E_TRANSPORT", message: `runtime.transport: ${error.message}` })]);
  }
}
