import type { WorkerContext } from "../ami/mod.ts";
import type { Registry, Store } from "../kvstore/mod.ts";
import type { Rng } from "../world/mod.ts";

/** What the contexts of a run share. */
export interface ContextWorld {
  /** Milliseconds since the start of the run. */
  readonly now: () => number;
  readonly rng: Rng;
  readonly stores: Registry;
}

/**
 * What the workers of one step can reach (pipelines §4). The store is opened at its first use, so that a registry shows only
 * stores that were used; the first use of each call begins a transaction, so that calls without state pay nothing.
 */
export class NodeContext implements WorkerContext {
  /** Virtual milliseconds. A field, so that a worker may take it out of the context. */
  readonly now: () => number;
  readonly #world: ContextWorld;
  readonly #ns: string;
  #store: Store | undefined;
  #rng: Rng | undefined;
  #open = false;

  /** `ns` is `<pipeline>/<step>`: it names the store and splits the random numbers. */
  constructor(world: ContextWorld, ns: string) {
    this.now = world.now;
    this.#world = world;
    this.#ns = ns;
  }

  get state(): Store {
    this.#store ??= this.#world.stores.store(this.#ns);
    if (!this.#open) {
      this.#store.begin();
      this.#open = true;
    }
    return this.#store;
  }

  get rng(): Rng {
    this.#rng ??= this.#world.rng.split(this.#ns);
    return this.#rng;
  }

  /** Ends a call: what it did to the state stays, or is taken back where it failed. */
  endCall(failed: boolean): void {
    if (!this.#open) return;
    this.#open = false;
    if (failed) this.#store?.rollback();
    else this.#store?.commit();
  }
}
