const SECURITY_CONTEXT = '{"permissions":[],"tenant_id":"","user_id":""}';
const IR_VERSION = "1";

// The statements of every step. Parameters are given by position.

export const INSERT_COMPLETION = `INSERT INTO completions (id, invocation_id, output_case, result, seq, security_context, evaluated, assumed)
  VALUES (?, ?, ?, ?, ?, '${SECURITY_CONTEXT}', 0, ?)`;
export const INSERT_FIRING =
  "INSERT INTO sync_firings (completion_id, sync_id, binding_hash, seq, bindings) VALUES (?, ?, ?, ?, ?)";
export const INSERT_EDGE = "INSERT INTO provenance_edges (sync_firing_id, invocation_id) VALUES (?, ?)";
export const INSERT_FLOW = "INSERT INTO flows (flow_token, status) VALUES (?, 'open')";
export const EVALUATED = "UPDATE completions SET evaluated = 1 WHERE id = ?";
export const EVALUATED_ROW = "UPDATE completions SET evaluated = 1 WHERE rowid = ? AND id = ?";

/** What is the same in every invocation of a store stands in the text: it is not bound and copied each time. */
export function insertInvocation(specHash: string, engineVersion: string): string {
  const constants = [SECURITY_CONTEXT, specHash, engineVersion, IR_VERSION].map(
    (text) => `'${text.replaceAll("'", "''")}'`,
  );
  return `INSERT INTO invocations (id, flow_token, action_uri, args, seq, security_context, spec_hash, engine_version, ir_version, at_ms, request_key)
    VALUES (?, ?, ?, ?, ?, ${constants.join(", ")}, ?, ?)`;
}
