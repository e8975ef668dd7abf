import { Program } from "../../sync/mod.ts";
import type { ScenarioSpec } from "../scenario/mod.ts";
import { flowRunner, runsFlows } from "./flow_runner.ts";
import type { RunFlow } from "./flow_world.ts";
import type { FlowStep, Result, Scenario, SetupStep } from "./scenario_types.ts";
import { type HarnessOptions, load, Session } from "./session.ts";

/**
 * A scenario whose steps are given one list at a time, on one log: first `executeSetup`, then `executeFlow`. Stubs, assertions and
 * all else are those of the scenario. {@link run} does both with the scenario's own steps.
 *
 * ```ts
 * const harness = new Harness(scenario);
 * await harness.executeSetup([{ action: "Inventory.setStock", args: { item_id: "widget", quantity: 10 } }]);
 * const { pass, errors } = await harness.executeFlow(scenario.flow);
 * harness.close(); // or `using harness = …`
 * ```
 */
export class Harness implements Disposable {
  readonly #scenario: Scenario;
  readonly #options: HarnessOptions;
  #session: Session | undefined;
  /** Steps come one list after the other: the first that runs a flow loads what runs it. */
  #runFlow: RunFlow | undefined;
  #isClosed = false;

  constructor(scenario: Scenario, options: HarnessOptions = {}) {
    this.#scenario = scenario;
    this.#options = options;
  }

  /**
   * Runs setup steps, and those of the scenario's fragments before them. One that misses what it expects ends the case: the
   * result of `executeFlow` says so.
   * @throws LoadError
   */
  async executeSetup(steps: readonly SetupStep[]): Promise<void> {
    const { spec, session } = await this.#load({ ...this.#scenario, setup: steps });
    session.setup(spec);
  }

  /**
   * Runs flow steps and judges everything so far. Variables that they capture are known to the scenario's assertions.
   * @throws LoadError
   */
  async executeFlow(steps: readonly FlowStep[]): Promise<Result> {
    const { spec, session } = await this.#load({ ...this.#scenario, flow: steps });
    return session.flow(spec);
  }

  /** Gives the log up, if there is one; nothing can be executed after that. May be called more than once. */
  close(): void {
    this.#isClosed = true;
    this.#session?.close();
    this.#session = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #flowOf(...given: Parameters<RunFlow>): ReturnType<RunFlow> {
    if (this.#runFlow === undefined) throw new Error("nothing was loaded that runs flows");
    return this.#runFlow(...given);
  }

  /** The log is made when it is first needed. */
  async #load(scenario: Scenario): Promise<{ readonly spec: ScenarioSpec; readonly session: Session }> {
    const { cases, specs } = await load(scenario);
    const [spec] = cases;
    if (spec === undefined) throw new Error("a scenario without errors has a case");
    if (this.#isClosed) throw new Error("this harness is closed; a new one begins with a fresh log");
    this.#runFlow ??= (await flowRunner(cases.some(runsFlows)))?.runFlow;
    this.#session ??= new Session(spec, new Program(specs), (...given) => this.#flowOf(...given), this.#options);
    return { spec, session: this.#session };
  }
}

/**
 * Runs a scenario on a fresh log, as `plumb test` does, golden file included (scenarios.md §9). Of one with `cases` they run in
 * order until one does not pass, and the result is that of the last one that ran.
 *
 * @param scenario an object with the keys of the YAML file, or the path of one
 * @throws LoadError only where `plumb test` would end with exit 2: a failed expectation is a result
 *
 * ```ts
 * const { pass, errors, state } = await run("cart/checkout_success.scenario.yaml");
 * ```
 */
export async function run(scenario: Scenario | string, options: HarnessOptions = {}): Promise<Result> {
  const { cases, specs } = await load(scenario);
  const program = new Program(specs);
  const runFlow = (await flowRunner(cases.some(runsFlows)))?.runFlow;
  let result: Result | undefined;
  for (const spec of cases) {
    result = runCase(spec, program, runFlow, options);
    if (!result.pass) break;
  }
  if (result === undefined) throw new Error("a scenario without errors has a case");
  return result;
}

function runCase(spec: ScenarioSpec, program: Program, runFlow: RunFlow | undefined, options: HarnessOptions): Result {
  const session = new Session(spec, program, runFlow, options);
  try {
    session.setup(spec);
    return session.flow(spec);
  } finally {
    session.close();
  }
}
