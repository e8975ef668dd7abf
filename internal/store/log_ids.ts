import { canonicalStrict, contentId, toStrict } from "../value/mod.ts";
import type { EncodedBindings, StrictObject } from "./rows.ts";

// The ids of internal/value over a text that is already canonical: args, results and bindings are stored as that text too,
// so it is written once for both. Keys stand in canonical order. A test compares the two.

/** The id of an invocation whose `args` are canonical JSON; the names have to be in NFC. */
export function invocationIdOf(flowToken: string, actionUri: string, args: string, seq: number): string {
  const content = `{"action_uri":${quoted(actionUri)},"args":${args},"flow_token":${quoted(flowToken)},"seq":${seq}}`;
  return contentId("nysm/invocation/v1", content);
}

/** The id of a completion whose `result` is canonical JSON. */
export function completionIdOf(invocationId: string, outputCase: string, result: string, seq: number): string {
  const content = `{"invocation_id":${quoted(invocationId)},"output_case":${quoted(outputCase)},"result":${result},"seq":${seq}}`;
  return contentId("nysm/completion/v1", content);
}

/**
 * The text and the hash of bindings.
 * @throws ValueError as `canonicalStrict`
 */
export function encodeBindings(bindings: StrictObject): EncodedBindings {
  return hashedBindings(canonicalStrict(bindings));
}

/** The same of a text that is canonical already. */
export function hashedBindings(text: string): EncodedBindings {
  return { text, hash: contentId("nysm/binding/v1", text) };
}

/** Letters, digits and marks that JSON writes as they are: ids, actions, cases, most tokens. */
const PLAIN = /^[\w.:-]*$/;

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  const json = JSON.stringify(text);
  // The engine escapes lone surrogates, which no canonical text has; toStrict refuses them.
  if (json.includes("\\ud")) toStrict(text);
  return json;
}
