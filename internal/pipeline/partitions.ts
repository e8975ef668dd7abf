import type { HeldEvent, MergeItem, Partition } from "./held_event.ts";
import { LazyHeap } from "./lazy_heap.ts";
import { LazyQueue } from "./lazy_queue.ts";
import type { Identity } from "./value_identity.ts";

/** The partitions of a merge, by value and in order of creation. Over time, no operation costs more than O(log n). */
export class Partitions<E extends MergeItem> {
  readonly #create: (index: number, identity: Identity) => Partition<E>;
  readonly #byIdentity = new Map<Identity, Partition<E>>();
  readonly #created = new LazyQueue<Partition<E>>();
  /** By creation: all that hold nothing, among some that hold something again since they were listed. */
  readonly #perhapsEmpty = new LazyHeap<Partition<E>>((a, b) => a.index - b.index);
  #count = 0;

  constructor(create: (index: number, identity: Identity) => Partition<E>) {
    this.#create = create;
  }

  get size(): number {
    return this.#byIdentity.size;
  }

  /** The one that was created first. */
  get first(): Partition<E> | undefined {
    return this.#created.first;
  }

  find(identity: Identity): Partition<E> | undefined {
    return this.#byIdentity.get(identity);
  }

  /** Creates the partition of a value that has none. */
  add(identity: Identity): Partition<E> {
    const partition = this.#create(this.#count, identity);
    this.#count += 1;
    this.#byIdentity.set(identity, partition);
    this.#created.push(partition);
    this.emptied(partition);
    return partition;
  }

  /** Says that a partition holds nothing. */
  emptied(partition: Partition<E>): void {
    if (partition.listed) return;
    partition.listed = true;
    this.#perhapsEmpty.push(partition.index, partition);
  }

  /** The one that was created first of those that hold nothing. */
  firstEmpty(): Partition<E> | undefined {
    let partition = this.#perhapsEmpty.first;
    while (partition !== undefined && partition.held > 0) {
      this.#perhapsEmpty.take();
      partition.listed = false;
      partition = this.#perhapsEmpty.first;
    }
    return partition;
  }

  forget(partition: Partition<E>): void {
    partition.gone = true;
    this.#byIdentity.delete(partition.identity);
  }

  /** Appends all that is held to `into`, partition by partition in order of creation. */
  collect(into: HeldEvent<E>[]): void {
    const partitions: Partition<E>[] = [];
    this.#created.collect(partitions);
    for (const partition of partitions) partition.events.collect(into);
  }
}
