import type { RuntimeSettings } from "../config/mod.ts";
import type { EngineName } from "./engine.ts";
import type { Mocks } from "./mocks.ts";

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
