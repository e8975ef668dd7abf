import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { eventTime } from "./event_time.ts";
import { FieldPath } from "./field_path.ts";
import type { MergeItem } from "./held_event.ts";
import { MERGE_LIMITS, type MergeOptions, type OnDiscard } from "./merge.ts";
import { orderValues } from "./order_values.ts";
import { identity } from "./value_identity.ts";

// Test-only: the pseudo-code of pipelines §9 line by line, over plain lists that are searched and sorted anew each time.
// `Merge` must not differ from it in anything that shows. What both share (event times, value order, paths, identity) has
// tables of its own.

interface Held<E> {
  e: E;
  n: number;
  i: number;
  ts: number | undefined;
  admitted: number;
  q: Part<E>;
}

interface Part<E> {
  value: unknown;
  created: number;
  held: Held<E>[];
  seen: unknown[];
}

export class MergeReference<E extends MergeItem> {
  late = 0;
  forced = 0;
  overflowed = false;
  #W = Number.NEGATIVE_INFINITY;
  #arrivals = 0;
  #created = 0;
  #inputs: { max: number; last: number; idle: boolean; ended: boolean }[] = [];
  #parts: Part<E>[] = [];
  #limits;

  constructor(
    readonly plan: MergePlan,
    inputs: number,
    readonly discard: OnDiscard<E>,
    readonly options: MergeOptions = {},
  ) {
    this.#limits = options.limits ?? MERGE_LIMITS;
    for (let i = 0; i < inputs; i++) {
      this.#inputs.push({ max: Number.NEGATIVE_INFINITY, last: 0, idle: false, ended: false });
    }
  }

  get held(): number {
    return this.#all().length;
  }

  arrive(i: number, e: E, now: number, out: E[]): void {
    out.push(...this.#arrive(i, e, now));
  }

  #arrive(i: number, e: E, now: number): E[] {
    const { plan } = this;
    const input = this.#input(i);
    // 1
    this.#arrivals += 1;
    const n = this.#arrivals;
    input.last = now;
    input.idle = false;
    // 2
    const ts = plan.watermark === undefined ? undefined : this.#time(e);
    const late = ts !== undefined && ts <= this.#W;
    if (ts !== undefined) input.max = Math.max(input.max, ts);
    // 3
    if (late) {
      this.late += 1;
      if (plan.latePolicy !== "accept") {
        this.discard(e, "late", plan.latePolicy === "shunt");
        return this.#advance();
      }
    }
    // 4
    const out: E[] = [];
    const q = this.#partition(e, out);
    // 5
    const field = plan.dedup === undefined ? undefined : (plan.dedup.field ?? plan.key ?? "");
    const d = field === undefined ? undefined : identity(read(e, field));
    const remember = () => {
      if (d === undefined || d === null) return;
      q.seen.push(d);
      if (q.seen.length > this.#limits.seen) q.seen.shift();
    };
    if (d !== undefined && d !== null && q.seen.includes(d)) {
      this.discard(e, "dedup", false);
      return [...out, ...this.#advance()];
    }
    // 6
    const holding = (plan.sort?.length ?? 0) > 0 || plan.window || plan.watermark || plan.timeoutMs;
    if (!holding || late) {
      remember();
      return [...out, e, ...this.#advance()];
    }
    // 7
    const { buffer } = plan;
    if (buffer !== undefined && q.held.length === buffer.capacity && buffer.policy !== "block") {
      if (buffer.policy === "dropNewest" || buffer.policy === "shuntNewest") {
        this.discard(e, buffer.policy, buffer.policy === "shuntNewest");
        return [...out, ...this.#advance()];
      }
      const oldest = q.held.shift();
      if (oldest !== undefined) this.discard(oldest.e, buffer.policy, buffer.policy === "shuntOldest");
    }
    // 8
    remember();
    q.held.push({ e, n, i, ts, admitted: now, q });
    // 9
    const window = plan.window ?? 0;
    if (window > 0 && q.held.length >= window) {
      out.push(...this.#release(q.held));
    } else if (buffer !== undefined && q.held.length > buffer.capacity) {
      this.forced += 1;
      out.push(...this.#release([...q.held].sort(this.#batchOrder).slice(0, 1)));
    } else if (this.held > this.#limits.held) {
      if (this.options.strict) this.overflowed = true;
      else {
        this.forced += 1;
        out.push(...this.#release(this.#all().sort(this.#batchOrder).slice(0, 1)));
      }
    }
    // 10
    return [...out, ...this.#advance()];
  }

  end(i: number, out: E[]): void {
    this.#input(i).ended = true;
    if (this.#inputs.every((input) => input.ended)) {
      this.#W = Number.POSITIVE_INFINITY;
      out.push(...this.#release(this.#all()));
    } else out.push(...this.#advance());
  }

  deadline(): number {
    const { timeoutMs, watermark, idleMs } = this.plan;
    let least = Number.POSITIVE_INFINITY;
    if (timeoutMs) for (const held of this.#all()) least = Math.min(least, held.admitted + timeoutMs);
    if (watermark && idleMs) {
      for (const input of this.#inputs) if (!input.ended && !input.idle) least = Math.min(least, input.last + idleMs);
    }
    return least;
  }

  wake(now: number, out: E[]): void {
    const { timeoutMs, watermark, idleMs } = this.plan;
    let any = false;
    for (const input of this.#inputs) {
      if (watermark && idleMs && !input.ended && !input.idle && input.last + idleMs <= now) {
        input.idle = true;
        any = true;
      }
    }
    if (any) out.push(...this.#advance());
    for (const q of [...this.#parts]) {
      const oldest = q.held[0];
      if (timeoutMs && oldest !== undefined && oldest.admitted + timeoutMs <= now) out.push(...this.#release(q.held));
    }
  }

  #advance(): E[] {
    if (this.plan.watermark === undefined) return [];
    const { latenessMs } = this.plan.watermark;
    const counting = this.#inputs.filter((input) => !input.ended && !input.idle);
    const w = Math.min(...counting.map((input) => input.max - latenessMs - 1));
    if (counting.length > 0 && w > this.#W) this.#W = w;
    return this.#release(this.#all().filter((held) => held.ts !== undefined && held.ts <= this.#W));
  }

  #release(set: readonly Held<E>[]): E[] {
    const batch = [...set].sort(this.#batchOrder);
    for (const q of this.#parts) q.held = q.held.filter((held) => !batch.includes(held));
    return batch.map((held) => held.e);
  }

  #partition(e: E, out: E[]): Part<E> {
    const value = this.plan.partitionBy === undefined ? undefined : identity(read(e, this.plan.partitionBy));
    const known = this.#parts.find((part) => [part.value].includes(value));
    if (known !== undefined) return known;
    if (this.#parts.length >= this.#limits.partitions) {
      const empty = this.#parts.find((part) => part.held.length === 0);
      const first = this.#parts[0];
      if (empty !== undefined) this.#parts = this.#parts.filter((part) => part !== empty);
      else if (this.options.strict) this.overflowed = true;
      else if (first !== undefined) {
        this.forced += 1;
        out.push(...this.#release(first.held));
        this.#parts.shift();
      }
    }
    const q: Part<E> = { value, created: this.#created++, held: [], seen: [] };
    this.#parts.push(q);
    return q;
  }

  readonly #batchOrder = (a: Held<E>, b: Held<E>): number => {
    const { sort = [], stable, key, watermark } = this.plan;
    if (sort.length === 0) return a.n - b.n;
    for (const { field, order } of sort) {
      const value = (held: Held<E>) => (field === watermark?.field ? held.ts : read(held.e, field));
      const c = orderValues(value(a), value(b), order === "desc");
      if (c !== 0) return c;
    }
    if (stable) return a.n - b.n;
    const c = key === undefined ? 0 : orderValues(read(a.e, key), read(b.e, key), false);
    return c || a.q.created - b.q.created || a.i - b.i || a.n - b.n;
  };

  #all(): Held<E>[] {
    return this.#parts.flatMap((q) => q.held);
  }

  #time(e: E): number | undefined {
    const time = eventTime(read(e, this.plan.watermark?.field ?? ""));
    return Number.isNaN(time) ? undefined : time;
  }

  #input(i: number) {
    const input = this.#inputs[i];
    if (input === undefined) throw new Error(`no input ${i}`);
    return input;
  }
}

function read(e: MergeItem, field: string): Json | undefined {
  return new FieldPath(field).read(e.payload);
}
