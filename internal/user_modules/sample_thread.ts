// The entry point of a thread for tests: a call is JSON in, JSON out, and its second argument asks the caller.
import { drainMicrotasks } from "bun:jsc";
import { FROM_THREAD } from "./letters.ts";
import { faultOf } from "./outcome.ts";
import { SAMPLES } from "./sample_kind.ts";
import { serveModules } from "./serve_modules.ts";
import type { ThreadStart } from "./thread_start.ts";

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<ThreadStart>): void => {
  void serveModules(data, SAMPLES, ({ ask }) => (body, { text }) => {
    try {
      return { kind: FROM_THREAD.own, text: JSON.stringify(body(JSON.parse(text), ask)) ?? "" };
    } catch (error) {
      return faultOf(error, SAMPLES.codes.failed);
    } finally {
      drainMicrotasks();
    }
  });
};
