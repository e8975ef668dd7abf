import type { Diagnostic } from "../diag/mod.ts";
import type { FlowIr, RunEvent, RunResult, ValueObject } from "../flow/mod.ts";

/** A run of a flow, as every engine takes it. The IR is valid, and the inputs fit it. */
export interface RunRequest {
  readonly ir: FlowIr;
  readonly inputs: ValueObject;
  readonly runId: string;
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** `run_timeout_ms`: over it the run fails with 3001 (flows §11, §13); absent: never. */
  readonly timeoutMs?: number | undefined;
  /** Cancels the run. */
  readonly signal?: AbortSignal | undefined;
  /** Sees each event as soon as the engine knows it. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
}

/** What came of a run, and what the caller should be told of it. */
export interface EngineRun {
  readonly result: RunResult;
  /** The one asked for, unless an executor chose another (flows §13). */
  readonly runId: string;
  /** Not of the flow but of how it was run: unused mocks, an executor that lingers. */
  readonly warnings: readonly Diagnostic[];
}

export const ENGINE_NAMES = ["local", "proc"] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/**
 * What executes flows: `local` in this process, `proc` through an executor (flows, introduction). It checks first that it has
 * all that the flow needs; a flow that it refuses is a result, `failed` with an error of 1000–1999 and without events.
 */
export interface Engine {
  readonly name: EngineName;
  /**
   * Runs a flow to its end; never rejects because of what the flow does.
   * @throws FlowInputError for what is exit 2 on a command line: a policy or an executor that is not there
   */
  run(request: RunRequest): Promise<EngineRun>;
  /** Ends what the engine keeps between runs. */
  close(): Promise<void>;
}
