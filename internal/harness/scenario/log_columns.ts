/** The tables of the event log and their columns (scenarios.md §6): `final_state` reads them as stored. */
export const LOG_COLUMNS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "invocations",
    [
      ...["id", "flow_token", "action_uri", "args", "seq", "security_context", "spec_hash", "engine_version"],
      ...["ir_version", "at_ms", "request_key"],
    ],
  ],
  ["completions", ["id", "invocation_id", "output_case", "result", "seq", "security_context", "evaluated", "assumed"]],
  ["sync_firings", ["id", "completion_id", "sync_id", "binding_hash", "seq", "bindings"]],
  ["provenance_edges", ["id", "sync_firing_id", "invocation_id"]],
  ["flows", ["flow_token", "status", "error"]],
]);
