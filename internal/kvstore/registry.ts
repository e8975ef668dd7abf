import type { Clock } from "../world/mod.ts";
import { Store } from "./store.ts";
import type { StoreState } from "./store_state.ts";

/**
 * The stores of one case or process, by namespace (ami-tests §7). `""` is the default store; the state of a step's
 * workers is `<pipeline>/<step>`. Time comes from the clock of the world they live in.
 */
export class Registry {
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #inherited: (ns: string) => Store | undefined;
  readonly #stores = new Map<string, Store>();

  /**
   * `inherited` gives the store that an earlier registry left for a namespace (`share=file`), or undefined. Such a store goes
   * on counting, by this registry's clock from now on: what was left of its times to live when the clock it had stood still
   * is left when this registry is made, whenever it is asked for. That earlier clock must not move any more.
   */
  constructor(clock: Clock, inherited: (ns: string) => Store | undefined = () => undefined) {
    this.#clock = clock;
    this.#startMs = clock.now();
    this.#inherited = inherited;
  }

  /** The store of a namespace; at the first call the inherited one, or an empty one. */
  store(ns = ""): Store {
    const known = this.#stores.get(ns);
    if (known !== undefined) return known;
    const inherited = this.#inherited(ns);
    inherited?.setClock(this.#clock, this.#startMs);
    const store = inherited ?? new Store(this.#clock);
    this.#stores.set(ns, store);
    return store;
  }

  /** The namespaces that have a store, sorted by UTF-16 code unit. */
  namespaces(): string[] {
    return [...this.#stores.keys()].sort();
  }

  /** What is to be told of each store, by sorted namespace. */
  states(): StoreState[] {
    return this.namespaces().map((ns) => {
      const store = this.store(ns);
      return { ns, metrics: store.metrics(), dump: store.dump() };
    });
  }
}
