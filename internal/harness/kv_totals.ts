import { addMetrics, dumpOf, type KvDump, type KvMetrics, NO_METRICS, type StoreState } from "../kvstore/mod.ts";

/** Folds the stores of all cases into one: sums, and the sorted set of `ns/key` (ami-tests §10). */
export class KvTotals {
  #sums: KvMetrics = NO_METRICS;
  readonly #keys = new Set<string>();
  readonly #shared = new Map<string, StoreState>();

  /**
   * Adds a store as it was at the end of a case. A store that several cases share is one store, whose counters go on:
   * give it the same name `sharedAs` each time, and only its last state counts.
   */
  add(state: StoreState, sharedAs?: string): void {
    if (sharedAs !== undefined) {
      this.#shared.set(sharedAs, state);
      return;
    }
    this.#sums = addMetrics(this.#sums, state.metrics);
    for (const key of state.dump.keys) this.#keys.add(qualifiedKey(state.ns, key));
  }

  metrics(): KvMetrics {
    return [...this.#shared.values()].reduce((sums, state) => addMetrics(sums, state.metrics), this.#sums);
  }

  dump(): KvDump {
    const keys = new Set(this.#keys);
    for (const { ns, dump } of this.#shared.values()) for (const key of dump.keys) keys.add(qualifiedKey(ns, key));
    return dumpOf(keys);
  }
}

/** `ns/key`; of the default store `key`. */
export function qualifiedKey(ns: string, key: string): string {
  return ns === "" ? key : `${ns}/${key}`;
}
