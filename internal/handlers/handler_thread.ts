// The entry point of the thread that runs handlers.
import { serveModules, type ThreadStart } from "../user_modules/mod.ts";
import { HANDLER_MODULES } from "./handler_kind.ts";
import { performHandlers } from "./perform_handler.ts";

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<ThreadStart>): void => {
  void serveModules(data, HANDLER_MODULES, performHandlers);
};
