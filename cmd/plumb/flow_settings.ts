import type { Flag, ParsedArgs } from "../../internal/cli/mod.ts";
import { loadConfig, type RuntimeSettings, runtimeSettings } from "../../internal/config/mod.ts";
import { type Diagnostic, diagnostic } from "../../internal/diag/mod.ts";
import type { Terminal } from "./command.ts";
import { givenWords } from "./configured.ts";
import { GLOBAL_FLAGS, type GlobalFlag } from "./global_flags.ts";

/**
 * The runtime configuration of a command that runs flows (flows §14), and what is to be said of it.
 *
 * @param flags of the command
 * @throws ConfigError
 */
export async function flowSettings(
  flags: readonly Flag[],
  args: ParsedArgs<GlobalFlag>,
  { cwd, env }: Terminal,
): Promise<{ readonly settings: RuntimeSettings; readonly warnings: readonly Diagnostic[] }> {
  const config = await loadConfig({
    cwd,
    env,
    given: givenWords([...flags, ...GLOBAL_FLAGS], args as ParsedArgs),
    runtimeConfig: args.value("runtime-config"),
    machine: { cores: navigator.hardwareConcurrency },
  });
  const { settings, warnings } = runtimeSettings(config.section("runtime"));
  if (settings.engine !== "local" || args.rest.length === 0) return { settings, warnings };
  const message = `${args.rest[0]} … has no effect: engine local runs the flow`;
  return { settings, warnings: [...warnings, diagnostic({ level: "warn", code: "W_EXECUTOR_UNUSED", message })] };
}
