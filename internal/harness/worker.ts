// The entry point of a worker thread: it runs the batches that the pool posts to it, one at a time.
import { wall } from "../world/mod.ts";
import { CaseRunner } from "./case_runner.ts";
import type { CaseOutcome } from "./outcome.ts";
import { Pulse } from "./pulse.ts";
import { runBatch } from "./run_batch.ts";
import type { ToWorker } from "./worker_messages.ts";

declare const self: Worker;

let runner: CaseRunner | undefined;
let pulse = new Pulse();
/** Of the last message: they are worked off in their order. */
let done: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  done = done.then(() => work(data));
};

async function work(data: ToWorker): Promise<void> {
  if (data.kind === "options") {
    const own = new Pulse(data.pulse);
    runner = await CaseRunner.open(data.options, () => own.beat());
    pulse = own;
    return;
  }
  if (runner === undefined) throw new Error("a batch came before the options");
  for (const [number, set] of data.specs) runner.programs.add(number, set);
  const outcomes: CaseOutcome[] = [];
  pulse.at(0);
  for (const outcome of runBatch(data.batch, runner, wall)) {
    if (outcome !== undefined) outcomes.push(outcome);
    pulse.at(outcomes.length);
  }
  self.postMessage(outcomes);
}
