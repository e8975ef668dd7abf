import type { LoggedCompletion, Store } from "../store/mod.ts";

/**
 * The finished invocations of actions, by the `seq` of their completions: what may join a trigger. Of a list that was asked for
 * once, the engine, which alone writes the log, keeps account.
 */
export class FinishedEvents {
  readonly #store: Store;
  /** Of the whole log. */
  readonly #all = new Map<string, LoggedCompletion[]>();
  /** Of the flow that was asked for last: the engine mostly works on one until it is quiescent. */
  readonly #ofFlow = new Map<string, LoggedCompletion[]>();
  #flow: string | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  of(action: string, flowToken: string | undefined): readonly LoggedCompletion[] {
    if (flowToken !== undefined && flowToken !== this.#flow) {
      this.#ofFlow.clear();
      this.#flow = flowToken;
    }
    const lists = flowToken === undefined ? this.#all : this.#ofFlow;
    const known = lists.get(action);
    if (known !== undefined) return known;
    const found = this.#store.queries.finished(action, flowToken);
    lists.set(action, found);
    return found;
  }

  /** A completion was recorded. */
  add(completion: LoggedCompletion): void {
    const { action_uri, flow_token } = completion.invocation;
    this.#all.get(action_uri)?.push(completion);
    if (flow_token === this.#flow) this.#ofFlow.get(action_uri)?.push(completion);
  }
}
