import type { EdgePolicy, MergePlan } from "../syntax/mod.ts";

/** What holds for each in-edge of a step (pipelines §3). */
export interface EdgeSettings {
  readonly queue: "FIFO" | "LIFO";
  readonly minCapacity?: number;
  readonly maxCapacity: number;
  readonly policy: EdgePolicy;
  readonly type?: string;
}

/** As much of it as an edge attribute or a policy word says. */
export interface EdgeChoice {
  readonly queue?: "FIFO" | "LIFO";
  readonly min?: number;
  readonly max?: number;
  readonly policy?: EdgePolicy;
  readonly type?: string;
}

/** Of an edge that says nothing of it. */
export const DEFAULT_CAPACITY = 1024;

/**
 * The settings of a step's in-edges: its edge attribute; without one `merge.Buffer`, whose capacity and policy hold for the
 * in-queues too (pipelines §9); what neither says by default, the policy from the file.
 */
export function edgeSettings(
  choice: EdgeChoice | undefined,
  buffer: MergePlan["buffer"],
  filePolicy: EdgePolicy | undefined,
): EdgeSettings {
  const fallback = filePolicy ?? "block";
  if (choice === undefined) {
    if (buffer === undefined) return { queue: "FIFO", maxCapacity: DEFAULT_CAPACITY, policy: fallback };
    return { queue: "FIFO", maxCapacity: buffer.capacity, policy: buffer.policy };
  }
  const { queue, min, max, policy, type } = choice;
  return {
    queue: queue ?? "FIFO",
    ...(min === undefined ? {} : { minCapacity: min }),
    maxCapacity: max ?? Math.max(DEFAULT_CAPACITY, min ?? 0),
    policy: policy ?? fallback,
    ...(type === undefined ? {} : { type }),
  };
}
