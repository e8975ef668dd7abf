import { NumberRing } from "./number_ring.ts";
import { Ring } from "./ring.ts";

/** What the choice of an in-edge has to know of it. */
interface Choosable {
  readonly inIndex: number;
  readonly lifo: boolean;
  readonly queue: { readonly size: number };
}

/** Which in-edge a node serves next (pipelines §7, take). It is told of what happens to the queues. */
export interface Intake<E extends Choosable> {
  /** An event was appended to the queue of an edge. */
  added(edge: E): void;
  /** The earliest event of an edge was discarded. */
  dropped(edge: E): void;
  /** An event came by an edge and was served without queueing. */
  passed(edge: E): void;
  /** The edge that the next event is taken from; undefined if all queues are empty. The caller takes it. */
  next(): E | undefined;
}

/** The cheapest that keeps to the schedule over these in-edges. */
export function intakeFor<E extends Choosable>(schedule: "fifo" | "lifo" | "fair", ins: readonly E[]): Intake<E> {
  if (ins.length <= 1) return new SingleIntake(ins[0]);
  if (schedule === "fair") return new FairIntake(ins);
  if (schedule === "fifo" && !ins.some((edge) => edge.lifo)) return new ArrivalIntake();
  return new NumberIntake(ins, schedule === "lifo");
}

class SingleIntake<E extends Choosable> implements Intake<E> {
  readonly #edge: E | undefined;

  constructor(edge: E | undefined) {
    this.#edge = edge;
  }

  added(): void {}
  dropped(): void {}
  passed(): void {}

  next(): E | undefined {
    return this.#edge;
  }
}

/** How many stale entries an `ArrivalIntake` bears before it looks whether they outnumber the others. */
const SLACK = 64;

/** Schedule fifo over FIFO edges: the order of arrival over all of them, whatever their number. */
class ArrivalIntake<E extends Choosable> implements Intake<E> {
  #order = new Ring<E>();
  /** By edge: how many of its entries in the order, the first ones, stand for events that were discarded. */
  readonly #stale = new Map<E, number>();
  #staleCount = 0;

  added(edge: E): void {
    this.#order.push(edge);
  }

  dropped(edge: E): void {
    this.#stale.set(edge, (this.#stale.get(edge) ?? 0) + 1);
    this.#staleCount += 1;
    if (this.#staleCount > SLACK && this.#staleCount > this.#order.size / 2) this.#sweep();
  }

  passed(): void {}

  next(): E | undefined {
    for (;;) {
      const edge = this.#order.shift();
      if (edge === undefined || this.#staleCount === 0 || !this.#skips(edge)) return edge;
    }
  }

  #skips(edge: E): boolean {
    const stale = this.#stale.get(edge) ?? 0;
    if (stale === 0) return false;
    this.#stale.set(edge, stale - 1);
    this.#staleCount -= 1;
    return true;
  }

  #sweep(): void {
    const kept = new Ring<E>();
    for (let edge = this.next(); edge !== undefined; edge = this.next()) kept.push(edge);
    this.#order = kept;
  }
}

/** Schedule fair: the next edge with events after the one served last, in declaration order, cyclic. */
class FairIntake<E extends Choosable> implements Intake<E> {
  readonly #ins: readonly E[];
  #last = -1;

  constructor(ins: readonly E[]) {
    this.#ins = ins;
  }

  added(): void {}
  dropped(): void {}

  passed(edge: E): void {
    this.#last = edge.inIndex;
  }

  next(): E | undefined {
    const count = this.#ins.length;
    for (let step = 1; step <= count; step += 1) {
      const at = (this.#last + step) % count;
      const edge = this.#ins[at];
      if (edge === undefined || edge.queue.size === 0) continue;
      this.#last = at;
      return edge;
    }
    return undefined;
  }
}

/** Every event has its number; of each edge the lowest (FIFO) or the highest (LIFO) stands for election. */
class NumberIntake<E extends Choosable> implements Intake<E> {
  readonly #ins: readonly E[];
  readonly #numbers: readonly NumberRing[];
  readonly #highest: boolean;
  #added = 0;

  constructor(ins: readonly E[], highest: boolean) {
    this.#ins = ins;
    this.#numbers = ins.map(() => new NumberRing());
    this.#highest = highest;
  }

  added(edge: E): void {
    this.#numbers[edge.inIndex]?.push(this.#added);
    this.#added += 1;
  }

  dropped(edge: E): void {
    this.#numbers[edge.inIndex]?.shift();
  }

  passed(): void {}

  next(): E | undefined {
    let chosen: E | undefined;
    let best = 0;
    for (const edge of this.#ins) {
      if (edge.queue.size === 0) continue;
      const numbers = this.#numbers[edge.inIndex];
      const number = (edge.lifo ? numbers?.last() : numbers?.first()) ?? 0;
      if (chosen !== undefined && number > best !== this.#highest) continue;
      chosen = edge;
      best = number;
    }
    if (chosen !== undefined) {
      const numbers = this.#numbers[chosen.inIndex];
      if (chosen.lifo) numbers?.pop();
      else numbers?.shift();
    }
    return chosen;
  }
}
