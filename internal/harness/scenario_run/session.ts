import { resolve } from "node:path";
import { nameFromRoot } from "../../files/mod.ts";
import { HandlerThreads, handlerModules } from "../../handlers/mod.ts";
import type { Program } from "../../sync/mod.ts";
import type { FlowTokens, SeqClock } from "../../world/mod.ts";
import { loadScenario, type ScenarioFile, type ScenarioSpec, SpecSets, scenarioOf } from "../scenario/mod.ts";
import type { RunFlow } from "./flow_world.ts";
import { judgeScenario } from "./judge_scenario.ts";
import { LoadError } from "./load_error.ts";
import { ScenarioRun } from "./scenario_run.ts";
import type { Result, Scenario } from "./scenario_types.ts";
import { stateRows } from "./state_rows.ts";

/** How a scenario is run by contributors' code (scenarios.md §9). */
export interface HarnessOptions {
  /** Used from where it stands: `reset()` it for equal ids. Default: one of its own for every run. */
  readonly clock?: SeqClock;
  /** Wins over the scenario's `flow_token`; asked once a run. */
  readonly flow?: FlowTokens;
  /** Takes the lines of `-v`; without it nothing is logged. */
  readonly logger?: (line: string) => void;
}

/**
 * A scenario as `plumb test` loads it.
 * @param scenario an object, or the path of a file
 * @throws LoadError where `plumb test` would end with exit 2
 */
export async function load(scenario: Scenario | string): Promise<ScenarioFile> {
  const cwd = process.cwd();
  const nameOf = (path: string): string => nameFromRoot(path, cwd);
  const threads = new HandlerThreads({ open: false });
  const specSets = new SpecSets(nameOf, handlerModules({ open: false, threads }));
  const options = { cwd, nameOf, specSets };
  const loading =
    typeof scenario === "string" ? loadScenario(resolve(cwd, scenario), options) : scenarioOf(scenario, options);
  const file = await loading.finally(() => threads.close());
  if (file.findings.some(({ level }) => level === "error")) throw new LoadError(file.findings);
  return file;
}

/** One case, from a new log to its result. */
export class Session {
  readonly #run: ScenarioRun;
  readonly #handlers = new HandlerThreads({ open: false });

  constructor(
    spec: ScenarioSpec,
    program: Program,
    runFlow: RunFlow | undefined,
    { clock, flow, logger }: HarnessOptions,
  ) {
    this.#run = new ScenarioRun(spec, {
      runFlow,
      program,
      handlers: this.#handlers,
      clock,
      flowToken: flow?.generate(),
      log: logger,
    });
  }

  setup(spec: ScenarioSpec): void {
    try {
      this.#run.setup(spec.setup);
    } finally {
      this.#handlers.close();
    }
  }

  flow(spec: ScenarioSpec): Result {
    const run = this.#run;
    try {
      run.flow(spec.flow);
    } finally {
      // A thread is not kept for steps that may never come; what they call starts another.
      this.#handlers.close();
    }
    const { findings, events } = judgeScenario(run, spec);
    const errors = findings.map(({ message }) => message);
    const tables = run.program.tables.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const state = Object.fromEntries(tables.map((table) => [table.name, stateRows(run.store.db, table)]));
    return { pass: errors.length === 0, trace: events, errors, state };
  }

  close(): void {
    this.#run.close();
  }
}
