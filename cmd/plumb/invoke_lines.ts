import { type LoggedCompletion, type Store, StoreError } from "../../internal/store/mod.ts";
import type { FlowError } from "../../internal/trace/mod.ts";
import { canonicalStrict } from "../../internal/value/mod.ts";

// What `plumb invoke` prints on stdout (spec/scenarios.md §11): one line of canonical JSON.

/** A root that is done with, and all that it caused, however far, in `seq` order. */
export function completedLine(store: Store, { invocation, output_case, result }: LoggedCompletion): string {
  const fired = store.queries.firedBy(invocation.id).map(({ sync, invocation: { id, action_uri } }) => {
    const completion = store.queries.completionOf(id);
    if (completion === undefined) {
      throw new StoreError("E_STORE_FORMAT", `the log is damaged: ${id} has no completion, though all is done`);
    }
    return {
      action: action_uri,
      case: completion.output_case,
      invocation_id: id,
      result: completion.result,
      sync,
    };
  });
  const { flow_token, id } = invocation;
  return line({ case: output_case, fired, flow_token, invocation_id: id, result });
}

/** A flow that failed. Without `invocationId` the root is not in the log. */
export function failedLine({ code, message }: FlowError, flowToken: string, invocationId: string | undefined): string {
  const error = { code, message };
  const root = invocationId === undefined ? {} : { invocation_id: invocationId };
  return line({ error, flow_token: flowToken, ...root });
}

export function recoveredLine(completions: number, invocations: number, failedFlows: number): string {
  return line({ recovered: { completions, failed_flows: failedFlows, invocations } });
}

function line(value: Parameters<typeof canonicalStrict>[0]): string {
  return `${canonicalStrict(value)}\n`;
}
