import type { LoggedCompletion, Store } from "../store/mod.ts";
import { ActionEvents } from "./action_events.ts";
import type { CompiledPattern } from "./compiled_sync.ts";
import type { Bindings } from "./match.ts";

/**
 * The finished invocations of actions: what may join a trigger. Of what was asked for once, the engine, which alone writes the log,
 * keeps account.
 */
export class FinishedEvents {
  readonly #store: Store;
  /** Of the whole log. */
  readonly #all = new Map<string, ActionEvents>();
  /** Of the flow that was asked for last: the engine mostly works on one until it is quiescent. */
  readonly #ofFlow = new Map<string, ActionEvents>();
  #flow: string | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Those that may match a pattern, by the `seq` of their completions: all of its action that agree with one variable that is bound.
   *
   * @param flowToken of one flow; undefined: of the whole log
   */
  candidates(
    { action, terms }: CompiledPattern,
    bindings: Bindings,
    flowToken: string | undefined,
  ): readonly LoggedCompletion[] {
    const events = this.#of(action, flowToken);
    for (const term of terms) {
      const value = "variable" in term.is ? bindings[term.is.variable] : undefined;
      if (value !== undefined) return events.having(term, value);
    }
    return events.all;
  }

  /** A completion was recorded. */
  add(completion: LoggedCompletion): void {
    const { action_uri, flow_token } = completion.invocation;
    this.#all.get(action_uri)?.add(completion);
    if (flow_token === this.#flow) this.#ofFlow.get(action_uri)?.add(completion);
  }

  #of(action: string, flowToken: string | undefined): ActionEvents {
    if (flowToken !== undefined && flowToken !== this.#flow) {
      this.#ofFlow.clear();
      this.#flow = flowToken;
    }
    const lists = flowToken === undefined ? this.#all : this.#ofFlow;
    const known = lists.get(action);
    if (known !== undefined) return known;
    const found = new ActionEvents(this.#store.queries.finished(action, flowToken));
    lists.set(action, found);
    return found;
  }
}
