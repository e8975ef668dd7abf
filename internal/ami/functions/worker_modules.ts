import type { Capability } from "../syntax/mod.ts";
import type { WorkerFn } from "./worker.ts";

/** Why a TypeScript worker module cannot be used. */
export interface ModuleFault {
  readonly code: string;
  readonly message: string;
}

/**
 * The TypeScript modules that `#pragma workers` binds (pipelines §4). Loading and calling them is not the language's
 * business: who runs pipelines brings this along.
 */
export interface WorkerModules {
  /**
   * The names of a module's workers, or why it cannot be loaded.
   *
   * @param path absolute
   * @param granted the capabilities of the `.ami` file that binds the module: what it may import depends on them
   */
  exports(path: string, granted: ReadonlySet<Capability>): readonly string[] | ModuleFault;
  /** The worker that a module of {@link exports} has under a name of its list. */
  worker(path: string, name: string, granted: ReadonlySet<Capability>): WorkerFn;
}

export function isModuleFault(found: readonly string[] | ModuleFault): found is ModuleFault {
  return !Array.isArray(found);
}
