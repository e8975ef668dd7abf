import { canonical, canonicalStrict } from "./canonical.ts";
import { contentId } from "./content_id.ts";
import type { Json, Strict } from "./json.ts";

/** The ids of trace events over one profile. Nothing but the arguments enters an id (scenarios.md §1, Ids). */
export interface Ids<V, Seq> {
  /** `seq` counts the events of a log from 1. */
  invocationId(flowToken: string, actionUri: string, args: V, seq: Seq): string;
  completionId(invocationId: string, outputCase: string, result: V, seq: Seq): string;
}

function idsOver<V, Seq extends V>(write: (content: { [key: string]: V | string }) => string): Ids<V, Seq> {
  // Keys stand in canonical order, so that nothing has to be sorted.
  return {
    invocationId: (flow_token, action_uri, args, seq) =>
      contentId("nysm/invocation/v1", write({ action_uri, args, flow_token, seq })),
    completionId: (invocation_id, output_case, result, seq) =>
      contentId("nysm/completion/v1", write({ invocation_id, output_case, result, seq })),
  };
}

/**
 * The ids of concepts and syncs: over strict canonical JSON.
 * @throws ValueError as `canonicalStrict`
 */
export const { invocationId, completionId } = idsOver<Strict, number | bigint>(canonicalStrict);

/** The ids in the trace of a flow or a pipeline: over general canonical JSON. */
export const generalIds = idsOver<Json, number>(canonical);

/** The hash of the bindings of a sync: equal bindings, equal hash. */
export function bindingHash(bindings: { [key: string]: Strict }): string {
  return contentId("nysm/binding/v1", canonicalStrict(bindings));
}
