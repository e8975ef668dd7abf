import { diagnostic } from "../diag/mod.ts";
import { FlowInputError } from "../flow/mod.ts";
import { AddressError, parseTransport, type TransportAddress } from "../rep/mod.ts";
import { realAlarms } from "../world/mod.ts";
import { cacheFolderOf } from "./capability_cache.ts";
import type { EngineSetup } from "./engine_setup.ts";
import type { ExecutorSetup } from "./executor_setup.ts";
import { ProcessEngine } from "./process_engine.ts";

/**
 * Makes engine `proc`. Nothing is started yet.
 * @throws FlowInputError: E_EXECUTOR_PATH, E_EXECUTOR_REQUIRED, E_TRANSPORT
 */
export function openProcessEngine(setup: EngineSetup): ProcessEngine {
  return new ProcessEngine(executorSetup(setup), setup.mocks);
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
