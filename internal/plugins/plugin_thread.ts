// The entry point of the thread that runs plugins under `plumb test`.
import { serveModules, type ThreadStart } from "../user_modules/mod.ts";
import { performPlugins } from "./perform_plugin.ts";
import { PLUGIN_MODULES } from "./plugin_kind.ts";

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<ThreadStart>): void => {
  void serveModules(data, PLUGIN_MODULES, (line) => performPlugins(line, data.policy.open));
};
