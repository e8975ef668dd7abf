import { EDGE_POLICIES, type MergePlan } from "../syntax/mod.ts";
import type { MergeName } from "./merge_attributes.ts";
import type { MergeValue } from "./read_merge_argument.ts";

/** A merge attribute with the values of its arguments, by their names (pipelines §9). */
export interface MergeEntry {
  readonly name: MergeName;
  readonly values: ReadonlyMap<string, MergeValue>;
}

type SortKey = NonNullable<MergePlan["sort"]>[number];

type Draft = { -readonly [K in keyof MergePlan]: MergePlan[K] };

/** The plan that attributes add up to. Of one that stands twice the last holds; all `Sort` count, in their order. */
export function buildMergePlan(entries: Iterable<MergeEntry>): MergePlan {
  const plan: Draft = {};
  const sort: SortKey[] = [];
  for (const { name, values } of entries) {
    const given = new Arguments(values);
    if (name !== "Sort") add(plan, name, given);
    else sort.push({ field: given.text("field"), order: given.is("order", "desc") ? "desc" : "asc" });
  }
  return sort.length === 0 ? plan : { sort, ...plan };
}

function add(plan: Draft, name: Exclude<MergeName, "Sort">, given: Arguments): void {
  switch (name) {
    case "Stable":
      plan.stable = true;
      return;
    case "Key":
      plan.key = given.text("field");
      return;
    case "PartitionBy":
      plan.partitionBy = given.text("field");
      return;
    case "Window":
      plan.window = given.number("size");
      return;
    case "Timeout":
      plan.timeoutMs = given.number("ms");
      return;
    case "Watermark":
      plan.watermark = { field: given.text("field"), latenessMs: given.number("lateness") };
      return;
    case "LatePolicy":
      plan.latePolicy = given.is("policy", "accept") ? "accept" : given.is("policy", "shunt") ? "shunt" : "drop";
      return;
    case "Idle":
      plan.idleMs = given.number("ms");
      return;
    case "Dedup":
      plan.dedup = given.has("field") ? { field: given.text("field") } : {};
      return;
    case "Buffer": {
      const policy = EDGE_POLICIES.find((known) => given.is("policy", known)) ?? "block";
      plan.buffer = { capacity: given.number("capacity"), policy };
    }
  }
}

/** The values of an attribute. What is missing reads as what changes nothing: it was reported, and the plan will not run. */
class Arguments {
  readonly #values: ReadonlyMap<string, MergeValue>;

  constructor(values: ReadonlyMap<string, MergeValue>) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  is(name: string, word: string): boolean {
    return this.#values.get(name) === word;
  }

  text(name: string): string {
    const value = this.#values.get(name);
    return typeof value === "string" ? value : "";
  }

  number(name: string): number {
    const value = this.#values.get(name);
    return typeof value === "number" ? value : 1;
  }
}
