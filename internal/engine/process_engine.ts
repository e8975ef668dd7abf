import type { Diagnostic } from "../diag/mod.ts";
import { type Capabilities, executorCommand } from "../rep/mod.ts";
import { CapabilityCache } from "./capability_cache.ts";
import type { Engine, EngineRun, RunRequest } from "./engine.ts";
import { ExecutorRun, mismatch } from "./executor_run.ts";
import type { ExecutorSetup } from "./executor_setup.ts";
import { type ExecutorSource, FreshExecutors, KeptExecutor } from "./executor_source.ts";
import { Mocks } from "./mocks.ts";
import { refused } from "./refusal.ts";
import { unusedMock } from "./unused_mock.ts";

/** Engine `proc` (flows §13): runs flows on an executor that speaks REP. */
export class ProcessEngine implements Engine {
  readonly name = "proc";
  readonly #setup: ExecutorSetup;
  readonly #source: ExecutorSource;
  readonly #cache: CapabilityCache | undefined;
  readonly #unused: readonly Diagnostic[];

  /**
   * @param mocks answer nothing here, which is said
   * @throws FlowInputError E_EXECUTOR_PATH
   */
  constructor(setup: ExecutorSetup, mocks: Mocks = Mocks.NONE) {
    this.#unused = mocks.keys.map((key) => unusedMock(key, "engine proc asks its executor"));
    // What cannot be started is told before anything runs.
    if (setup.executor !== undefined) executorCommand(setup.executor, setup);
    this.#setup = setup;
    this.#source = setup.reuse ? new KeptExecutor(setup) : new FreshExecutors(setup);
    this.#cache = CapabilityCache.of(setup);
  }

  async run(request: RunRequest): Promise<EngineRun> {
    const { runId } = request;
    if (request.signal?.aborted === true) return { result: cancelled(request), runId, warnings: this.#unused };
    // What is remembered can only rule a flow out: one that it allows is checked with the executor.
    const known = this.#cache?.read();
    const error = known === undefined ? undefined : mismatch(request.ir, known);
    if (error !== undefined) return { result: refused(request, error), runId, warnings: this.#unused };
    const capable = ({ step_kinds }: Capabilities): void => this.#cache?.write(step_kinds);
    const run = await new ExecutorRun(request, { setup: this.#setup, source: this.#source, capable }).run();
    return { ...run, warnings: [...this.#unused, ...run.warnings] };
  }

  async close(): Promise<void> {
    await this.#source.close();
  }
}

function cancelled({ inputs }: RunRequest): EngineRun["result"] {
  return {
    status: "cancelled",
    state: { inputs, steps: {}, outputs: {} },
    events: [],
    summary: {},
    outputs: {},
  };
}
