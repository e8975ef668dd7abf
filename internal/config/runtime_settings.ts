import { type Diagnostic, diagnostic } from "../diag/mod.ts";

import type { Settings } from "./load_config.ts";
import { RUNTIME_KEYS } from "./runtime_keys.ts";
import type { Setting } from "./setting.ts";
import { settingError } from "./setting_error.ts";

/** Section `runtime:` as commands that run flows need it (flows §14). */
export interface RuntimeSettings {
  readonly engine: "local" | "proc";
  readonly language: string;
  readonly executorPath: string | null;
  readonly executorArgs: readonly string[];
  readonly executorEnv: Readonly<Record<string, string>>;
  readonly transport: string;
  readonly callTimeoutMs: number;
  readonly runTimeoutMs: number;
  readonly maxFrameBytes: number;
  readonly allowShell: boolean;
  readonly reuse: boolean;
  readonly capabilityCache: boolean;
  /** From the working directory. */
  readonly plugins: readonly string[];
}

/**
 * Holds the keys of the section to one another: languages must agree, an executor on stdio must be named.
 *
 * @throws ConfigError: E_LANGUAGE_MISMATCH, E_EXECUTOR_REQUIRED
 */
export function runtimeSettings(section: Settings<"runtime">): {
  readonly settings: RuntimeSettings;
  readonly warnings: readonly Diagnostic[];
} {
  const { engine, language, plugins_language, executor_path, transport } = section;
  checkLanguages(language, plugins_language);
  const name = engine.value === "python" ? "local" : engine.value;
  if (name === "proc" && executor_path.value === null && transport.value === "stdio") {
    const why = "engine proc needs an executor: set runtime.executor_path, or --executor-path PATH";
    throw settingError({ ...RUNTIME_KEYS.engine, code: "E_EXECUTOR_REQUIRED" }, engine, why);
  }
  const warnings: Diagnostic[] = [];
  if (engine.value === "python") {
    warnings.push(warning("W_ENGINE_ALIAS", "engine python is another name of local; write local", engine));
  }
  const { origin } = executor_path;
  if (name === "local" && origin.kind === "flag") {
    warnings.push(
      warning("W_EXECUTOR_UNUSED", `${origin.name} has no effect: engine local runs the flow`, executor_path),
    );
  }
  return { settings: plain(section, name), warnings };
}

function checkLanguages(language: Setting<string>, plugins: Setting<string | null>): void {
  if (plugins.value === null || plugins.value === language.value) return;
  const why = `language is '${language.value}' but plugins_language is '${plugins.value}': they must match`;
  throw settingError({ ...RUNTIME_KEYS.plugins_language, code: "E_LANGUAGE_MISMATCH" }, plugins, why);
}

function warning(code: string, message: string, { origin }: Setting): Diagnostic {
  const place = origin.kind === "file" ? { file: origin.file, pos: origin.pos } : {};
  return diagnostic({ level: "warn", code, message, ...place });
}

function plain(section: Settings<"runtime">, engine: "local" | "proc"): RuntimeSettings {
  return {
    engine,
    language: section.language.value,
    executorPath: section.executor_path.value,
    executorArgs: section.executor_args.value,
    executorEnv: section.executor_env.value,
    transport: section.transport.value,
    callTimeoutMs: section.call_timeout_ms.value,
    runTimeoutMs: section.run_timeout_ms.value,
    maxFrameBytes: section.max_frame_bytes.value,
    allowShell: section.allow_shell.value,
    reuse: section.reuse.value,
    capabilityCache: section.capability_cache.value,
    plugins: section.plugins.value,
  };
}
