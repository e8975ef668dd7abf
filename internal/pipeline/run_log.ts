import type { WorkerEvent } from "../ami/mod.ts";
import type { ErrorRecord } from "../diag/mod.ts";
import { LeftEvents } from "./left_events.ts";
import type { RunSinks } from "./run_sinks.ts";

/** What leaves a run, counted, and kept where no sink takes it. */
export class RunLog {
  readonly #sinks: RunSinks;
  readonly outputs = new LeftEvents();
  readonly errorOutputs = new LeftEvents();
  readonly errors: ErrorRecord[] = [];
  outputCount = 0;
  errorCount = 0;
  warningCount = 0;

  constructor(sinks: RunSinks) {
    this.#sinks = sinks;
  }

  output(event: WorkerEvent, at: number): void {
    this.outputCount += 1;
    if (this.#sinks.output === undefined) this.outputs.add(event, at);
    else this.#sinks.output(event, at);
  }

  errorOutput(event: WorkerEvent, at: number): void {
    if (this.#sinks.errorOutput === undefined) this.errorOutputs.add(event, at);
    else this.#sinks.errorOutput(event, at);
  }

  error(record: ErrorRecord, entered: boolean): void {
    if (record.level === "error") this.errorCount += 1;
    else this.warningCount += 1;
    if (this.#sinks.error === undefined) this.errors.push(record);
    else this.#sinks.error(record, entered);
  }
}
