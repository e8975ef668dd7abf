// The entry point of the thread that runs TypeScript workers.
import { serveModules, type ThreadStart } from "../user_modules/mod.ts";
import { askOver } from "./ask_over.ts";
import { guardNondeterminism } from "./guard_nondeterminism.ts";
import { performCalls } from "./perform_call.ts";
import { WORKER_MODULES } from "./worker_modules.ts";

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<ThreadStart>): void => {
  void serveModules(data, WORKER_MODULES, (line) => {
    if (data.policy.virtual) guardNondeterminism();
    return performCalls(askOver(line.ask));
  });
};
