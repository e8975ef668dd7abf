import { EDGE_POLICIES, type EdgePolicy, type MergePlan } from "../ami/mod.ts";
import { refuse } from "./check_error.ts";

/** Makes a merge plan step by step (pipelines §9, §14). Every call gives a new builder; the old one stays as it is. */
export class MergePlanBuilder {
  readonly #plan: MergePlan;

  constructor(plan: MergePlan = {}) {
    this.#plan = plan;
  }

  stable(stable = true): MergePlanBuilder {
    return this.#with({ stable });
  }

  key(field: string): MergePlanBuilder {
    return this.#with({ key: field });
  }

  partitionBy(field: string): MergePlanBuilder {
    return this.#with({ partitionBy: field });
  }

  buffer(capacity: number, policy: EdgePolicy = "block"): MergePlanBuilder {
    if (!EDGE_POLICIES.includes(policy)) refuse("E_MERGE_BUFFER_POLICY", `unknown policy ${JSON.stringify(policy)}`);
    return this.#with({ buffer: { capacity: whole(capacity, 1, "the capacity of a buffer"), policy } });
  }

  window(size: number): MergePlanBuilder {
    return this.#with({ window: whole(size, 1, "the size of a window") });
  }

  timeoutMs(ms: number): MergePlanBuilder {
    return this.#with({ timeoutMs: whole(ms, 1, "a timeout") });
  }

  sortAsc(field: string): MergePlanBuilder {
    return this.#sort(field, "asc");
  }

  sortDesc(field: string): MergePlanBuilder {
    return this.#sort(field, "desc");
  }

  watermark(field: string, latenessMs: number): MergePlanBuilder {
    return this.#with({ watermark: { field, latenessMs: whole(latenessMs, 0, "the lateness of a watermark") } });
  }

  /** Without a field: by the plan's key, else by the whole payload. */
  dedup(field?: string): MergePlanBuilder {
    return this.#with({ dedup: field === undefined ? {} : { field } });
  }

  latePolicy(policy: "drop" | "accept" | "shunt"): MergePlanBuilder {
    return this.#with({ latePolicy: policy });
  }

  idle(ms: number): MergePlanBuilder {
    return this.#with({ idleMs: whole(ms, 1, "the idle time of an input") });
  }

  build(): MergePlan {
    return structuredClone(this.#plan);
  }

  #sort(field: string, order: "asc" | "desc"): MergePlanBuilder {
    return this.#with({ sort: [...(this.#plan.sort ?? []), { field, order }] });
  }

  #with(more: MergePlan): MergePlanBuilder {
    return new MergePlanBuilder({ ...this.#plan, ...more });
  }
}

/**
 * The plan that merges nothing yet.
 *
 * @example
 * newMergePlan().sortAsc("ts").window(1).build(); // { sort: [{ field: "ts", order: "asc" }], window: 1 }
 */
export function newMergePlan(): MergePlanBuilder {
  return new MergePlanBuilder();
}

function whole(value: number, least: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  return refuse("E_MERGE_ATTR_TYPE", `${what} is ${value}; a whole number from ${least} is expected`);
}
