import type { EdgePolicy, MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { BatchOrder } from "./batch_order.ts";
import { eventTime, UNTIMED } from "./event_time.ts";
import { FieldPath } from "./field_path.ts";
import { HeldEvent, type MergeItem, Partition } from "./held_event.ts";
import { HeldEvents } from "./held_events.ts";
import { LazyHeap } from "./lazy_heap.ts";
import { MergeInputs } from "./merge_inputs.ts";
import { Partitions } from "./partitions.ts";
import { SeenSet } from "./seen_set.ts";
import { identity } from "./value_identity.ts";

const NEVER = Number.POSITIVE_INFINITY;

/** The bounds of one merge (pipelines §9). */
export interface MergeLimits {
  /** Events held, over all partitions. */
  readonly held: number;
  readonly partitions: number;
  /** Values that Dedup remembers in a partition. */
  readonly seen: number;
}

export const MERGE_LIMITS: MergeLimits = { held: 1_000_000, partitions: 65_536, seen: 65_536 };

/** Why a merge let an event go without releasing it; also the name under which statistics count it (pipelines §13). */
export type DiscardReason = "late" | "dedup" | Exclude<EdgePolicy, "block">;

/** Takes each event that is not released; `shunted` if it belongs into the error pipeline. */
export type OnDiscard<E> = (item: E, reason: DiscardReason, shunted: boolean) => void;

export interface MergeOptions {
  /** A limit that is exceeded sets `overflowed` and releases nothing: `--strict`. */
  readonly strict?: boolean;
  readonly limits?: MergeLimits;
}

/**
 * The merge of one Collect: the state machine of pipelines §9, step by step. It knows no clock and no executor; times are
 * whole milliseconds that never fall from one call to the next. What is released is appended to `out`, in order.
 *
 * Every call costs O(log n) in the events held and inputs, per event that comes or goes, over time.
 */
export class Merge<E extends MergeItem> {
  /** Events that were late, whatever became of them. */
  late = 0;
  /** Releases that a full buffer or a limit forced. */
  forced = 0;
  /** A limit was exceeded in a strict run: the run has failed with E_MERGE_OVERFLOW. */
  overflowed = false;

  readonly #onDiscard: OnDiscard<E>;
  readonly #strict: boolean;
  readonly #limits: MergeLimits;
  readonly #latePolicy: "drop" | "accept" | "shunt";
  readonly #holding: boolean;
  readonly #window: number;
  readonly #capacity: number;
  readonly #policy: EdgePolicy;
  readonly #timeoutMs: number;
  readonly #latenessMs: number;
  readonly #time: FieldPath | undefined;
  readonly #partitionBy: FieldPath | undefined;
  readonly #dedup: FieldPath | undefined;
  readonly #inputs: MergeInputs;
  readonly #partitions: Partitions<E>;
  /** The partition of all events, without PartitionBy. */
  readonly #whole: Partition<E> | undefined;
  readonly #held: HeldEvents<E>;
  #watermark = Number.NEGATIVE_INFINITY;
  #arrivals = 0;

  /** A plan that has passed the checks of §9, for `inputs` in-edges. */
  constructor(plan: MergePlan, inputs: number, onDiscard: OnDiscard<E>, options: MergeOptions = {}) {
    const { watermark, window = NEVER, timeoutMs = NEVER, buffer, partitionBy, dedup } = plan;
    this.#onDiscard = onDiscard;
    this.#strict = options.strict ?? false;
    this.#limits = options.limits ?? MERGE_LIMITS;
    this.#latePolicy = plan.latePolicy ?? "drop";
    this.#window = window;
    this.#capacity = buffer?.capacity ?? NEVER;
    this.#policy = buffer?.policy ?? "block";
    this.#timeoutMs = timeoutMs;
    this.#latenessMs = watermark?.latenessMs ?? 0;
    const holds = (plan.sort ?? []).length > 0 || window < NEVER || timeoutMs < NEVER || watermark !== undefined;
    // A window of one is released by the event that opens it: nothing is ever held.
    this.#holding = holds && window > 1;
    this.#time = watermark === undefined ? undefined : new FieldPath(watermark.field);
    this.#dedup = dedup === undefined ? undefined : new FieldPath(dedup.field ?? plan.key ?? "");
    // Partitions show only in what is held or remembered.
    const partitioned = partitionBy !== undefined && (this.#holding || dedup !== undefined);
    this.#partitionBy = partitioned ? new FieldPath(partitionBy) : undefined;
    this.#inputs = new MergeInputs(inputs, watermark === undefined ? undefined : plan.idleMs);

    const order = new BatchOrder<E>(plan);
    // Where a window is full first, the buffer never is.
    const blocks = this.#policy === "block" && this.#capacity + 1 < window;
    this.#partitions = new Partitions((index, value) => {
      const seen = dedup === undefined ? undefined : new SeenSet(this.#limits.seen);
      return new Partition(index, value, seen, partitioned && blocks ? new LazyHeap(order.tie) : undefined);
    });
    this.#whole = partitioned ? undefined : this.#partitions.add(undefined);
    this.#held = new HeldEvents(this.#partitions, order, {
      byTime: watermark !== undefined,
      byOrder: blocks && !partitioned,
      byAge: partitioned && timeoutMs < NEVER,
    });
  }

  /** How many events are held. */
  get held(): number {
    return this.#held.count;
  }

  /** An event arrives by in-edge `input`. */
  arrive(input: number, item: E, now: number, out: E[]): void {
    this.#arrivals += 1;
    if (this.#time === undefined) {
      this.#take(input, item, UNTIMED, false, now, out);
      return;
    }
    // An event without a time compares as false: it is not late, and no greatest time.
    const time = eventTime(this.#time.read(item.payload));
    this.#inputs.spoke(input, now, time);
    const late = time <= this.#watermark;
    if (late) this.late += 1;
    if (late && this.#latePolicy !== "accept") this.#onDiscard(item, "late", this.#latePolicy === "shunt");
    else this.#take(input, item, time, late, now, out);
    this.#advance(out);
  }

  /** Nothing more will come by in-edge `input`. */
  end(input: number, out: E[]): void {
    if (this.#inputs.end(input)) {
      this.#watermark = NEVER;
      this.#held.releaseAll(out);
    } else {
      this.#advance(out);
    }
  }

  /** When `wake` is due, in milliseconds; infinity if it never is. Costs O(1), over time. */
  deadline(): number {
    const idle = this.#inputs.idleDeadline;
    if (this.#timeoutMs === NEVER) return idle;
    return Math.min(idle, this.#held.oldestAdmitted + this.#timeoutMs);
  }

  /** The deadline has come. */
  wake(now: number, out: E[]): void {
    if (this.#inputs.fallIdle(now)) this.#advance(out);
    if (this.#timeoutMs !== NEVER) this.#held.releaseAdmittedUpTo(now - this.#timeoutMs, out);
  }

  /** Steps 4 to 9 of `arrive`. */
  #take(input: number, item: E, time: number, late: boolean, now: number, out: E[]): void {
    const partition = this.#whole ?? this.#partitionOf(item.payload, out);
    const value = this.#dedup === undefined ? undefined : identity(this.#dedup.read(item.payload));
    if (partition.seen?.has(value)) {
      this.#onDiscard(item, "dedup", false);
      return;
    }
    if (late || !this.#holding) {
      partition.seen?.add(value);
      out.push(item);
      return;
    }
    if (partition.held === this.#capacity && !this.#makeSpace(partition, item)) return;
    partition.seen?.add(value);
    this.#held.admit(new HeldEvent(item, this.#arrivals, input, time, now, partition));
    this.#releaseByCount(partition, out);
  }

  /** Step 7: the buffer is full. False if the newcomer is refused. */
  #makeSpace(partition: Partition<E>, item: E): boolean {
    switch (this.#policy) {
      case "block":
        return true;
      case "dropNewest":
      case "shuntNewest":
        this.#onDiscard(item, this.#policy, this.#policy === "shuntNewest");
        return false;
      case "dropOldest":
      case "shuntOldest": {
        const oldest = this.#held.removeOldest(partition);
        if (oldest !== undefined) this.#onDiscard(oldest, this.#policy, this.#policy === "shuntOldest");
        return true;
      }
    }
  }

  /** Step 9, and the limit of what is held over all partitions, which is a buffer around them. */
  #releaseByCount(partition: Partition<E>, out: E[]): void {
    if (partition.held >= this.#window) {
      this.#held.releasePartition(partition, out);
    } else if (partition.held > this.#capacity) {
      this.forced += 1;
      this.#held.releaseFirstOf(partition, out);
    } else if (this.#held.count > this.#limits.held) {
      if (this.#overflows()) return;
      this.#held.releaseFirst(out);
    }
  }

  #advance(out: E[]): void {
    const least = this.#inputs.least;
    const watermark = least - this.#latenessMs - 1;
    // Infinity: no input counts. Nothing to release either where W stays, since nothing is held that is late.
    if (least === NEVER || !(watermark > this.#watermark)) return;
    this.#watermark = watermark;
    this.#held.releaseUpTo(watermark, out);
  }

  #partitionOf(payload: Json, out: E[]): Partition<E> {
    const value = identity(this.#partitionBy?.read(payload));
    const known = this.#partitions.find(value);
    if (known !== undefined) return known;
    if (this.#partitions.size >= this.#limits.partitions) this.#forgetOne(out);
    return this.#partitions.add(value);
  }

  /** There are as many partitions as may be, and one more is needed. */
  #forgetOne(out: E[]): void {
    const empty = this.#partitions.firstEmpty();
    const victim = empty ?? this.#partitions.first;
    if (victim === undefined || (empty === undefined && this.#overflows())) return;
    this.#held.releasePartition(victim, out);
    this.#partitions.forget(victim);
  }

  /** Counts a release that a limit forces. True if it must not be made: the run fails instead. */
  #overflows(): boolean {
    if (this.#strict) this.overflowed = true;
    else this.forced += 1;
    return this.#strict;
  }
}
