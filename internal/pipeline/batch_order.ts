import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { FieldPath } from "./field_path.ts";
import type { HeldEvent, MergeItem } from "./held_event.ts";
import { orderNumber, orderValues } from "./order_values.ts";

/** A field that orders a batch: where it is in the payload, or undefined for the event time. */
interface OrderField {
  readonly path: FieldPath | undefined;
  readonly descending: boolean;
}

/**
 * The order of a batch (pipelines §9): the sort fields; then, unless the plan is stable, Key, partition and input; then
 * arrival. Without Sort: arrival. Total, so a batch has one order only.
 *
 * An event's `rank` decides nearly always; `tie` decides where two ranks are equal.
 */
export class BatchOrder<E extends MergeItem> {
  readonly #first: OrderField | undefined;
  readonly #rest: readonly OrderField[];
  readonly #stable: boolean;

  constructor(plan: MergePlan) {
    const fields: OrderField[] = [];
    for (const { field, order } of plan.sort ?? []) {
      const path = field === plan.watermark?.field ? undefined : new FieldPath(field);
      fields.push({ path, descending: order === "desc" });
    }
    this.#first = fields.shift();
    this.#stable = plan.stable ?? false;
    if (plan.key !== undefined && !this.#stable) fields.push({ path: new FieldPath(plan.key), descending: false });
    this.#rest = fields;
  }

  /** True if a batch comes in order of event time, events without one last. */
  get byTime(): boolean {
    return this.#first !== undefined && this.#first.path === undefined && !this.#first.descending;
  }

  /** Sets what the order needs of an event that has just been admitted. */
  admit(held: HeldEvent<E>): void {
    if (this.#first === undefined) {
      held.rank = held.n;
      return;
    }
    const value = fieldValue(this.#first, held);
    held.first = value;
    held.rank = orderNumber(value, this.#first.descending);
  }

  /** Orders two events of equal rank: negative if `a` comes first. Never 0 for two events. */
  readonly tie = (a: HeldEvent<E>, b: HeldEvent<E>): number =>
    this.#byFields(a, b) || this.#bySource(a, b) || a.n - b.n;

  #byFields(a: HeldEvent<E>, b: HeldEvent<E>): number {
    // Equal finite ranks are equal numbers; an infinite one stands for a whole group of values.
    const order = Number.isFinite(a.rank) ? 0 : orderValues(a.first, b.first, this.#first?.descending ?? false);
    if (order !== 0 || this.#rest.length === 0) return order;
    const left = this.#restOf(a);
    const right = this.#restOf(b);
    for (const [at, field] of this.#rest.entries()) {
      const next = orderValues(left[at], right[at], field.descending);
      if (next !== 0) return next;
    }
    return 0;
  }

  #bySource(a: HeldEvent<E>, b: HeldEvent<E>): number {
    return this.#stable ? 0 : a.partition.index - b.partition.index || a.input - b.input;
  }

  #restOf(held: HeldEvent<E>): readonly (Json | undefined)[] {
    held.rest ??= this.#rest.map((field) => fieldValue(field, held));
    return held.rest;
  }
}

function fieldValue<E extends MergeItem>(field: OrderField, held: HeldEvent<E>): Json | undefined {
  if (field.path !== undefined) return field.path.read(held.item.payload);
  return Number.isNaN(held.time) ? undefined : held.time;
}
