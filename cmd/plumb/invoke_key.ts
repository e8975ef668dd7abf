import { type LoggedRoot, type Store, StoreError } from "../../internal/store/mod.ts";
import type { Root } from "../../internal/sync/mod.ts";
import { canonicalStrict, toStrict } from "../../internal/value/mod.ts";
import { completedLine, failedLine } from "./invoke_lines.ts";

/**
 * What tells a root from the one that was invoked under its key before (spec/scenarios.md §11, `--key`); undefined: nothing, it is
 * a retry. `flow` is the token that was asked for, if one was.
 */
export function keyConflict(earlier: LoggedRoot, { action, args }: Root, flow: string | undefined): string | undefined {
  const { action_uri, flow_token } = earlier;
  const before = canonicalStrict(earlier.args);
  if (action !== action_uri) return `the action ${action_uri}`;
  if (canonicalStrict(toStrict(args)) !== before) return `the args ${before}`;
  if (flow !== undefined && toStrict(flow) !== flow_token) return `the flow ${JSON.stringify(flow_token)}`;
  return undefined;
}

/** What came of a root that is in the log, once nothing is left to do: the line that was printed when it was invoked. */
export function earlierOutcome(store: Store, root: LoggedRoot): { readonly line: string; readonly failed: boolean } {
  const completion = store.queries.completionOf(root.id);
  // A flow that failed may have done so later, by another root.
  if (completion !== undefined && store.queries.isSettled(root.id)) {
    return { line: completedLine(store, completion), failed: false };
  }
  const error = store.reader.flow(root.flow_token)?.error;
  if (error === undefined) {
    throw new StoreError("E_STORE_FORMAT", `the log is damaged: the root ${root.id} is neither done nor failed`);
  }
  return { line: failedLine(error, root.flow_token, root.id), failed: true };
}
