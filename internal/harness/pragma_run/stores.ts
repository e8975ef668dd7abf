import { Registry, type Store } from "../../kvstore/mod.ts";
import type { Clock } from "../../world/mod.ts";
import type { KvSpec } from "../pragma/mod.ts";
import type { KvAction } from "./events_in.ts";

/** The stores of one test file that its cases share, in their order (`share=file`, ami-tests §7). */
export class SharedStores {
  readonly #namespaces: ReadonlySet<string>;
  readonly #stores = new Map<string, Store>();

  constructor(namespaces: ReadonlySet<string>) {
    this.#namespaces = namespaces;
  }

  /** The registry of the next case: empty, but a shared namespace that it asks for is the store of the cases before. */
  registry(clock: Clock): Registry {
    return new Registry(clock, (ns) => this.#stores.get(ns));
  }

  /** The case has ended: what it shares is kept for the next one. */
  keep(registry: Registry): void {
    for (const ns of registry.namespaces()) {
      if (this.#namespaces.has(ns)) this.#stores.set(ns, registry.store(ns));
    }
  }
}

/** At time 0: capacity and puts of all `test:kv` lines, in order. */
export function fillStores(registry: Registry, specs: readonly KvSpec[]): void {
  for (const spec of specs) {
    const store = registry.store(spec.ns);
    if (spec.capacity !== undefined) store.setCapacity(spec.capacity);
    const options = {
      ...(spec.ttlMs === undefined ? {} : { ttlMs: spec.ttlMs }),
      ...(spec.sliding === undefined ? {} : { sliding: spec.sliding }),
      ...(spec.maxReads === undefined ? {} : { maxReads: spec.maxReads }),
    };
    for (const [key, value] of spec.puts) store.put(key, value, options);
  }
}

/** At the end of the run: `get=` of all lines, in order. */
export function readStores(registry: Registry, specs: readonly KvSpec[]): void {
  for (const spec of specs) for (const key of spec.gets) registry.store(spec.ns).get(key);
}

/** What the tester does when an event with kv meta keys enters: put, then get. */
export function actOnStore(registry: Registry, { ns, put, get }: KvAction): void {
  const store = registry.store(ns);
  if (put !== undefined) store.put(put.key, put.value);
  if (get !== undefined) store.get(get);
}
