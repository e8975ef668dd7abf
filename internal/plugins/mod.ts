// Plugins of flows under `plumb test` (flows §11): modules whose functions perform steps, called in a thread of their own in virtual
// time. What they may do is guarded against accidents, not against malice. Elsewhere engine/ calls them in this process.
export { type PluginStepKind, PluginThreads, type PluginThreadsOptions } from "./plugin_threads.ts";
