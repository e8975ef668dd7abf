// An executor: the other side of REP v0.1 (flows §12, §18). It answers the requests of a host and runs flows with the code of engine
// local; `plumb executor mock` is one with pretended step kinds.

export { ExecutorServer, type ExecutorServerOptions } from "./executor_server.ts";
export { mockSteps } from "./mock_steps.ts";
export { loadScript, type Machine, MockScriptSchema, type Script, ScriptedServer } from "./script/mod.ts";
export { serveLines } from "./serve_lines.ts";
