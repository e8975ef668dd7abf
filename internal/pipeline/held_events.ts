import type { BatchOrder } from "./batch_order.ts";
import { BatchSorter } from "./batch_sorter.ts";
import type { HeldEvent, MergeItem, Partition } from "./held_event.ts";
import { LazyHeap } from "./lazy_heap.ts";
import { LazyQueue } from "./lazy_queue.ts";
import type { Partitions } from "./partitions.ts";

/** Which ways of leaving a plan has, besides whole partitions: each needs an order of its own. */
export interface HeldEventsNeeds {
  /** By event time: the watermark. */
  readonly byTime: boolean;
  /** The first in batch order of all that is held: a Buffer that blocks, without PartitionBy. */
  readonly byOrder: boolean;
  /** By age over several partitions: Timeout with PartitionBy. */
  readonly byAge: boolean;
}

/**
 * What a merge holds (pipelines §9), in as many orders as its plan releases by. An event that leaves by one order is marked
 * as gone, and the others pass over it. What is released is appended to `out` in batch order.
 */
export class HeldEvents<E extends MergeItem> {
  /** How many events are held. */
  count = 0;
  readonly #partitions: Partitions<E>;
  readonly #order: BatchOrder<E>;
  readonly #sorter: BatchSorter<E>;
  readonly #needsOrder: boolean;
  /** All that is held in batch order: always if the plan needs it, else while there are too many events. */
  #byOrder: LazyHeap<HeldEvent<E>> | undefined;
  #countAtBuild = 0;
  /** What has an event time, by it, unless batch order is that order. */
  readonly #byTime: LazyHeap<HeldEvent<E>> | undefined;
  readonly #byAge: LazyQueue<HeldEvent<E>> | undefined;

  constructor(partitions: Partitions<E>, order: BatchOrder<E>, needs: HeldEventsNeeds) {
    this.#partitions = partitions;
    this.#order = order;
    this.#sorter = new BatchSorter(order.tie);
    this.#needsOrder = needs.byOrder || (needs.byTime && order.byTime);
    this.#byOrder = this.#needsOrder ? new LazyHeap(order.tie) : undefined;
    this.#byTime = needs.byTime && !order.byTime ? new LazyHeap((a, b) => a.n - b.n) : undefined;
    this.#byAge = needs.byAge ? new LazyQueue() : undefined;
  }

  admit(held: HeldEvent<E>): void {
    const { partition } = held;
    this.#order.admit(held);
    partition.held += 1;
    this.count += 1;
    partition.events.push(held);
    partition.order?.push(held.rank, held);
    this.#byAge?.push(held);
    if (!Number.isNaN(held.time)) this.#byTime?.push(held.time, held);
    if (!this.#needsOrder && this.count < this.#countAtBuild / 2) this.#byOrder = undefined;
    this.#byOrder?.push(held.rank, held);
  }

  /** Releases all with an event time up to `time`, of every partition. */
  releaseUpTo(time: number, out: E[]): void {
    if (this.#byTime === undefined) {
      // Batch order is that of event time: what leaves is the head of it. Events without a time have an infinite rank.
      for (let held = this.#byOrder?.take(time); held !== undefined; held = this.#byOrder?.take(time)) {
        this.#leave(held);
        out.push(held.item);
      }
      return;
    }
    const batch: HeldEvent<E>[] = [];
    for (let held = this.#byTime.take(time); held !== undefined; held = this.#byTime.take(time)) batch.push(held);
    this.#release(batch, out);
  }

  releasePartition(partition: Partition<E>, out: E[]): void {
    const batch: HeldEvent<E>[] = [];
    partition.events.collect(batch);
    this.#release(batch, out);
  }

  /** Releases everything as one batch. */
  releaseAll(out: E[]): void {
    const batch: HeldEvent<E>[] = [];
    this.#partitions.collect(batch);
    this.#release(batch, out);
  }

  /** Releases the first of a partition in batch order, for plans with a Buffer that blocks. */
  releaseFirstOf(partition: Partition<E>, out: E[]): void {
    const held = (partition.order ?? this.#byOrder)?.take();
    if (held !== undefined) this.#release([held], out);
  }

  /** Releases the first of all that is held in batch order. */
  releaseFirst(out: E[]): void {
    this.#byOrder ??= this.#buildOrder();
    const held = this.#byOrder.take();
    if (held !== undefined) this.#release([held], out);
  }

  /** Removes and returns the earliest arrival that a partition holds. */
  removeOldest(partition: Partition<E>): E | undefined {
    const held = partition.events.shift();
    if (held !== undefined) this.#leave(held);
    return held?.item;
  }

  /** Releases each partition whose oldest event was admitted at `admitted` or before, in order of creation. */
  releaseAdmittedUpTo(admitted: number, out: E[]): void {
    const due = new Set<Partition<E>>();
    for (let held = this.#oldest(); held !== undefined && held.admitted <= admitted; held = this.#byAge?.first) {
      due.add(held.partition);
      // Its partition is released below, so it has no more business here.
      this.#byAge?.shift();
    }
    for (const partition of [...due].sort((a, b) => a.index - b.index)) this.releasePartition(partition, out);
  }

  /** When the oldest event was admitted, for plans with a Timeout; infinity if nothing is held. */
  get oldestAdmitted(): number {
    return this.#oldest()?.admitted ?? Number.POSITIVE_INFINITY;
  }

  #oldest(): HeldEvent<E> | undefined {
    return this.#byAge === undefined ? this.#partitions.first?.events.first : this.#byAge.first;
  }

  #release(batch: HeldEvent<E>[], out: E[]): void {
    for (const held of this.#sorter.sort(batch)) {
      this.#leave(held);
      out.push(held.item);
    }
  }

  #leave(held: HeldEvent<E>): void {
    const { partition } = held;
    held.gone = true;
    partition.held -= 1;
    this.count -= 1;
    if (partition.held === 0) this.#emptied(partition);
  }

  #emptied(partition: Partition<E>): void {
    partition.events.clear();
    partition.order?.clear();
    this.#partitions.emptied(partition);
    if (this.count > 0) return;
    // What is left everywhere is gone: let go of it now, not at the next sweep.
    this.#byOrder?.clear();
    this.#byTime?.clear();
    this.#byAge?.clear();
  }

  #buildOrder(): LazyHeap<HeldEvent<E>> {
    const heap = new LazyHeap(this.#order.tie);
    const all: HeldEvent<E>[] = [];
    this.#partitions.collect(all);
    for (const held of all) heap.push(held.rank, held);
    this.#countAtBuild = all.length;
    return heap;
  }
}
