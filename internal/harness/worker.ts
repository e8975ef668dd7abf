// The entry point of a worker thread: it runs the batches that the pool posts to it, one at a time.
import { wall } from "../world/mod.ts";
import type { CaseOptions } from "./options.ts";
import { runBatch } from "./run_batch.ts";
import type { FromWorker, ToWorker } from "./worker_messages.ts";

declare const self: Worker;

let options: CaseOptions | undefined;

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  if (data.kind === "options") {
    options = data.options;
    return;
  }
  if (options === undefined) throw new Error("a batch came before the options");
  const outcomes: FromWorker = [...runBatch(data.batch, options, wall)].filter((outcome) => outcome !== undefined);
  self.postMessage(outcomes);
};
