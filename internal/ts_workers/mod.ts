// Workers in TypeScript (pipelines §4): modules are read without being run, and checked for what they import; their exports are
// called synchronously in a thread of their own, which is guarded against accidents (clocks, chance, files), not against
// malice, and which a watchdog ends when it hangs.
export { TsWorkers, type TsWorkersOptions, WATCHDOG_MS } from "./ts_workers.ts";
