import type { Json } from "../value/mod.ts";
import type { LazyHeap } from "./lazy_heap.ts";
import { LazyQueue, type Leaving } from "./lazy_queue.ts";
import type { SeenSet } from "./seen_set.ts";
import type { Identity } from "./value_identity.ts";

/** What a merge asks of an event. */
export interface MergeItem {
  readonly payload: Json;
}

/** An event that a merge holds. One shape for all plans, so that the hot path stays monomorphic. */
export class HeldEvent<E extends MergeItem> implements Leaving {
  readonly item: E;
  /** The number of its arrival, over all inputs. */
  readonly n: number;
  readonly input: number;
  /** Event time, or `UNTIMED`. */
  readonly time: number;
  /** When it was admitted, in milliseconds. */
  readonly admitted: number;
  readonly partition: Partition<E>;
  /** The value of the first sort field, and the number that stands for it in comparisons (`BatchOrder`). */
  first: Json | undefined = undefined;
  rank = 0;
  /** The values of the other fields that order it, read when the first tie asks for them. */
  rest: readonly (Json | undefined)[] | undefined = undefined;
  /** Released or discarded. */
  gone = false;

  constructor(item: E, n: number, input: number, time: number, admitted: number, partition: Partition<E>) {
    this.item = item;
    this.n = n;
    this.input = input;
    this.time = time;
    this.admitted = admitted;
    this.partition = partition;
  }
}

/** The events of one value of PartitionBy, or all of them without it (pipelines §9). */
export class Partition<E extends MergeItem> implements Leaving {
  /** The number of its creation. */
  readonly index: number;
  readonly identity: Identity;
  /** What it holds, in order of arrival. */
  readonly events = new LazyQueue<HeldEvent<E>>();
  /** How many it holds. */
  held = 0;
  readonly seen: SeenSet | undefined;
  /** What it holds in batch order, if the plan has to take the first of one partition among several. */
  readonly order: LazyHeap<HeldEvent<E>> | undefined;
  /** On the list of those that may hold nothing (`Partitions`). */
  listed = false;
  /** Forgotten. */
  gone = false;

  constructor(index: number, identity: Identity, seen?: SeenSet, order?: LazyHeap<HeldEvent<E>>) {
    this.index = index;
    this.identity = identity;
    this.seen = seen;
    this.order = order;
  }
}
