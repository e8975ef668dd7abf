import type { ExecutorName, TransportAddress } from "../rep/mod.ts";
import type { Alarms } from "../world/mod.ts";

/** Where an executor is, what starts it, and what it is allowed (flows §13, §14). */
export interface ExecutorSetup {
  /** Undefined: it runs already, and is reached by TCP or a serial line. */
  readonly executor: ExecutorName | undefined;
  readonly address: TransportAddress;
  /** Absolute. */
  readonly cwd: string;
  /** plumb's own environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `executor_env` */
  readonly executorEnv: Readonly<Record<string, string>>;
  readonly callTimeoutMs: number;
  readonly maxFrameBytes: number;
  readonly allowShell: boolean;
  /** The configured one; another of the executor is a warning. */
  readonly language: string;
  readonly reuse: boolean;
  /** The folder of what is remembered of executors; undefined: nothing is (`capability_cache`). */
  readonly cacheFolder: string | undefined;
  readonly alarms: Alarms;
}
