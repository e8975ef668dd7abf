import { HandlerThreads } from "../handlers/mod.ts";
import { TsWorkers } from "../ts_workers/mod.ts";
import type { CaseOptions } from "./options.ts";
import type { Print } from "./outcome.ts";
import { Packages } from "./packages.ts";
import { Programs } from "./programs.ts";
import { type FlowRunner, flowRunner } from "./scenario_run/mod.ts";

/** What the cases that one thread runs have in common: what it has read, the threads of their TypeScript workers, handlers and plugins. */
export class CaseRunner {
  readonly options: CaseOptions;
  readonly packages: Packages;
  /** What the cases of scenarios are run against. */
  readonly programs = new Programs();
  readonly handlers: HandlerThreads;
  /** What runs the flows of scenarios, where any is run. */
  readonly flows: FlowRunner | undefined;
  /** Called for every step and event: whoever watches the thread sees that it goes on. */
  readonly beat: () => void;
  readonly #workers: TsWorkers;

  private constructor(options: CaseOptions, flows: FlowRunner | undefined, beat: () => void) {
    const { openModules: open, watchdogMs } = options;
    this.options = options;
    this.flows = flows;
    this.beat = beat;
    this.handlers = new HandlerThreads({ open, watchdogMs });
    this.#workers = new TsWorkers({ virtual: true, open, watchdogMs });
    this.packages = new Packages(options.root, this.#workers);
  }

  /** Loads what its cases need. */
  static async open(options: CaseOptions, beat: () => void = () => undefined): Promise<CaseRunner> {
    const { runsFlows, plugins, openModules: open, watchdogMs } = options;
    const flows = await flowRunner(runsFlows, { plugins, open, watchdogMs });
    return new CaseRunner(options, flows, beat);
  }

  /** A case begins; the list that is returned takes what its TypeScript workers, handlers and plugins print. */
  begin(): readonly Print[] {
    const printed: Print[] = [];
    const print = (stream: Print["stream"], text: string) => void printed.push({ stream, text });
    this.#workers.begin(print);
    this.handlers.begin(print);
    this.flows?.begin(print);
    return printed;
  }

  /** Ends the threads. */
  close(): void {
    this.#workers.close();
    this.handlers.close();
    this.flows?.close();
  }
}
