import type { WorkerEvent } from "../ami/mod.ts";
import type { ErrorRecord } from "../diag/mod.ts";
import type { HopSink } from "./hop.ts";

/**
 * Where a run puts what leaves it. Whatever has no sink of its own is collected in the result, so a run that must not grow
 * has all three.
 */
export interface RunSinks {
  /** An event left the egress at `at`, in milliseconds of the run. It must not be kept if memory matters. */
  readonly output?: (event: WorkerEvent, at: number) => void;
  /** An event left the egress of the error pipeline. */
  readonly errorOutput?: (event: WorkerEvent, at: number) => void;
  /** A record was raised; `entered` says whether it entered the pipeline's own error pipeline (pipelines §11). */
  readonly error?: (record: ErrorRecord, entered: boolean) => void;
  /** Nothing more happens at the present instant: what was written must reach its reader now (pipelines §8). */
  readonly instantEnd?: () => void;
  /** Everything that happens; absent, it costs nothing. */
  readonly hops?: HopSink;
}
