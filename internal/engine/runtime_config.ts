import { fallbackOf, RUNTIME_KEYS, type RuntimeSettings } from "../config/mod.ts";

/** What the library has of the runtime configuration (flows §14, §19): the same keys; nothing is read from a file. */
export interface RuntimeConfig {
  readonly language?: string;
  readonly executor_path?: string;
  readonly executor_args?: readonly string[];
  readonly executor_env?: Readonly<Record<string, string>>;
  /** `stdio`, `tcp://HOST:PORT` or `serial:DEV`. */
  readonly transport?: string;
  readonly call_timeout_ms?: number;
  readonly run_timeout_ms?: number;
  readonly max_frame_bytes?: number;
  readonly allow_shell?: boolean;
  readonly reuse?: boolean;
  readonly capability_cache?: boolean;
  /** Plugin modules, from the working directory. */
  readonly plugins?: readonly string[];
}

/** The configuration with its defaults. */
export function runtimeOf(given: RuntimeConfig): RuntimeSettings {
  const keys = RUNTIME_KEYS;
  const machine = { cores: 1 }; // none of these depends on it
  return {
    engine: "local",
    language: given.language ?? fallbackOf(keys.language, machine),
    executorPath: given.executor_path ?? null,
    executorArgs: given.executor_args ?? [],
    executorEnv: given.executor_env ?? {},
    transport: given.transport ?? fallbackOf(keys.transport, machine),
    callTimeoutMs: given.call_timeout_ms ?? fallbackOf(keys.call_timeout_ms, machine),
    runTimeoutMs: given.run_timeout_ms ?? fallbackOf(keys.run_timeout_ms, machine),
    maxFrameBytes: given.max_frame_bytes ?? fallbackOf(keys.max_frame_bytes, machine),
    allowShell: given.allow_shell ?? false,
    reuse: given.reuse ?? false,
    capabilityCache: given.capability_cache ?? false,
    plugins: given.plugins ?? [],
  };
}
