import { type Handlers, NO_HANDLERS } from "../sync/mod.ts";
import { TsWorkers } from "../ts_workers/mod.ts";
import type { CaseOptions } from "./options.ts";
import type { Print } from "./outcome.ts";
import { Packages } from "./packages.ts";
import { Programs } from "./programs.ts";

/** What the cases that one thread runs have in common: the packages it has read, the threads of their TypeScript workers. */
export class CaseRunner {
  readonly options: CaseOptions;
  readonly packages: Packages;
  /** What the cases of scenarios are run against. */
  readonly programs = new Programs();
  readonly handlers: Handlers = NO_HANDLERS;
  readonly #workers: TsWorkers;

  constructor(options: CaseOptions) {
    this.options = options;
    this.#workers = new TsWorkers({ virtual: true, open: options.openModules, watchdogMs: options.watchdogMs });
    this.packages = new Packages(options.root, this.#workers);
  }

  /** A case begins; the list that is returned takes what its TypeScript workers print. */
  begin(): readonly Print[] {
    const printed: Print[] = [];
    this.#workers.begin((stream, text) => void printed.push({ stream, text }));
    return printed;
  }

  /** Ends the threads. */
  close(): void {
    this.#workers.close();
  }
}
