import type { RunRequest } from "./engine.ts";
import type { ExecutorSetup } from "./executor_setup.ts";

/** plumb's name and that of its forerunner, which executors know too. */
const PREFIXES = ["PLUMB_", "TRACE_MIND_"] as const;

/** The environment of an executor's process (flows §12, Environment): plumb's own, what tells it of the run, `executor_env`. */
export function executorEnvironment(
  { env, executorEnv, allowShell }: Pick<ExecutorSetup, "env" | "executorEnv" | "allowShell">,
  { runId, traceId, timeoutMs }: Pick<RunRequest, "runId" | "traceId" | "timeoutMs">,
): Readonly<Record<string, string | undefined>> {
  const told = {
    RUN_ID: runId,
    TRACE_ID: traceId,
    ENGINE_TIMEOUT: timeoutMs === undefined ? undefined : String(timeoutMs / 1000),
    ALLOW_SHELL: allowShell ? "1" : "0",
    LOG_JSON: "1",
  };
  const named = PREFIXES.flatMap((prefix) => Object.entries(told).map(([name, value]) => [`${prefix}${name}`, value]));
  return { ...env, ...Object.fromEntries(named), ...executorEnv };
}
