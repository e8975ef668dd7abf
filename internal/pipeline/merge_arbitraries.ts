import fc from "fast-check";
import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";

// Test-only: plans and payloads in which everything collides: few values, few times, tiny windows and buffers.

const FIELDS = ["ts", "k", "id", "p", "m.t", ""] as const;

const time: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 20 }) },
  fc.constantFrom<Json[]>(
    "1970-01-01T00:00:00.005Z",
    "1970-01-01T01:00:00.0109+01:00",
    "bad",
    null,
    2.5,
    Number.NaN,
    -3,
    true,
  ),
);

const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1, max: 3 }) },
  fc.constantFrom<Json[]>(
    -0,
    1.5,
    Number.NaN,
    true,
    false,
    "",
    "a",
    "1",
    "😀",
    "\uffee",
    "[1]",
    null,
    [1],
    [Number.NaN],
    { a: 1 },
  ),
);

/** Payloads whose fields overlap; now and then something that is no map. */
export const payload: fc.Arbitrary<Json> = fc.oneof(
  {
    weight: 15,
    arbitrary: fc.record<{ [key: string]: Json }>(
      { ts: time, k: value, id: value, p: value, m: fc.oneof(value, fc.record({ t: value })) },
      { requiredKeys: [] },
    ),
  },
  value,
);

const field = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...FIELDS) }, fc.constant("no.such"));
const few = fc.integer({ min: 1, max: 6 });

/** Any plan that passes the checks of pipelines §9; each part is there in one of two plans, most often with a watermark on `ts`. */
export const plan: fc.Arbitrary<MergePlan> = fc.record(
  {
    sort: fc.array(
      fc.record({
        field: fc.oneof({ weight: 2, arbitrary: fc.constant("ts") }, field),
        order: fc.constantFrom("asc" as const, "desc" as const),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    stable: fc.boolean(),
    key: field,
    partitionBy: field,
    window: few,
    timeoutMs: fc.integer({ min: 1, max: 12 }),
    watermark: fc.record({
      field: fc.oneof({ weight: 4, arbitrary: fc.constant("ts") }, field),
      latenessMs: fc.integer({ min: 0, max: 6 }),
    }),
    latePolicy: fc.constantFrom("drop" as const, "accept" as const, "shunt" as const),
    idleMs: fc.integer({ min: 1, max: 12 }),
    dedup: fc.record({ field }, { requiredKeys: [] }),
    buffer: fc.record({
      capacity: fc.integer({ min: 1, max: 4 }),
      policy: fc.constantFrom(
        "block" as const,
        "dropOldest" as const,
        "dropNewest" as const,
        "shuntOldest" as const,
        "shuntNewest" as const,
      ),
    }),
  },
  { requiredKeys: [] },
);
