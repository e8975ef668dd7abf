// The entry point of the thread that runs TypeScript workers.
import { serveCalls } from "./serve_calls.ts";
import type { ThreadStart } from "./thread_start.ts";

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<ThreadStart>): void => {
  void serveCalls(data);
};
