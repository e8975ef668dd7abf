import { resolve } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { errorText } from "../../internal/diag/mod.ts";
import { runTrace } from "../../internal/engine/mod.ts";
import { AtomicFile } from "../../internal/files/mod.ts";
import type { RunEvent } from "../../internal/flow/mod.ts";
import { eventJson } from "../../internal/trace/mod.ts";
import { type InputFile, refuseTraceOver } from "./pipeline_inputs.ts";

/** The file of `--trace`: opened before the run, so that a place that cannot be written is no surprise at its end. */
export class FlowTraceFile {
  readonly #file: AtomicFile;

  /**
   * @param inputs what it must not overwrite
   * @throws UsageError
   */
  constructor(given: string, inputs: readonly InputFile[], cwd: string) {
    if (given === "-") {
      throw new UsageError("E_USAGE_VALUE", "--trace - would mix the trace with the result on stdout; name a file");
    }
    refuseTraceOver(inputs, given, cwd);
    try {
      this.#file = new AtomicFile(resolve(cwd, given));
    } catch (error) {
      throw new UsageError("E_USAGE_VALUE", `--trace ${given} cannot be written: ${errorText(error)}`);
    }
  }

  /** Writes an event a line, without a header (flows §15). */
  write(events: readonly RunEvent[], runId: string): void {
    for (const event of runTrace(events, runId)) this.#file.write(`${eventJson(event)}\n`);
    this.#file.close();
  }

  /** Leaves what was there before, unless the trace is written. */
  discard(): void {
    this.#file.discard();
  }
}
