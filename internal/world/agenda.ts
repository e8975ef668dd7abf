/** Something due: at `time`, before whatever has a later time, a greater priority or a later insertion number. */
export interface AgendaEntry<T> {
  readonly time: number;
  readonly priority: number;
  /** The number of its insertion, from 0. */
  readonly n: number;
  readonly item: T;
}

/**
 * What is due, in the total order (time, priority, insertion number) of DESIGN and pipelines §6. A binary heap: insertion
 * and removal cost the logarithm of what is held. It knows no clock, so that virtual and real time can share it.
 */
export class Agenda<T> {
  readonly #heap: AgendaEntry<T>[] = [];
  #inserted = 0;

  /** How many entries wait. */
  get size(): number {
    return this.#heap.length;
  }

  /** The earliest entry, which stays; undefined if there is none. */
  peek(): AgendaEntry<T> | undefined {
    return this.#heap[0];
  }

  insert(time: number, priority: number, item: T): void {
    const heap = this.#heap;
    const entry: AgendaEntry<T> = { time, priority, n: this.#inserted, item };
    this.#inserted += 1;
    let hole = heap.length;
    heap.push(entry);
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || before(parent, entry)) break;
      heap[hole] = parent;
      hole = above;
    }
    heap[hole] = entry;
  }

  /** Removes and returns the earliest entry; undefined if there is none. */
  take(): AgendaEntry<T> | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let hole = 0;
    for (;;) {
      let below = 2 * hole + 1;
      let child = heap[below];
      if (child === undefined) break;
      const sibling = heap[below + 1];
      if (sibling !== undefined && before(sibling, child)) {
        child = sibling;
        below += 1;
      }
      if (before(last, child)) break;
      heap[hole] = child;
      hole = below;
    }
    heap[hole] = last;
    return first;
  }
}

function before(a: AgendaEntry<unknown>, b: AgendaEntry<unknown>): boolean {
  if (a.time !== b.time) return a.time < b.time;
  if (a.priority !== b.priority) return a.priority < b.priority;
  return a.n < b.n;
}
