import { expect, test } from "bun:test";
import { newMergePlan } from "./mod.ts";

test("a plan says what was asked of it", () => {
  const plan = newMergePlan()
    .sortAsc("a")
    .sortDesc("b")
    .stable(true)
    .key("id")
    .partitionBy("p")
    .window(3)
    .timeoutMs(10)
    .watermark("ts", 0)
    .latePolicy("shunt")
    .idle(5)
    .dedup()
    .buffer(8, "dropOldest")
    .build();
  expect(plan).toEqual({
    sort: [
      { field: "a", order: "asc" },
      { field: "b", order: "desc" },
    ],
    stable: true,
    key: "id",
    partitionBy: "p",
    window: 3,
    timeoutMs: 10,
    watermark: { field: "ts", latenessMs: 0 },
    latePolicy: "shunt",
    idleMs: 5,
    dedup: {},
    buffer: { capacity: 8, policy: "dropOldest" },
  });
});

test("a builder stays as it is", () => {
  const base = newMergePlan().sortAsc("a");
  expect(base.sortDesc("b").dedup("id").build()).not.toEqual(base.build());
  expect(base.build()).toEqual({ sort: [{ field: "a", order: "asc" }] });
});

test("sizes and times are whole numbers in their ranges", () => {
  const plan = newMergePlan();
  for (const make of [() => plan.window(0), () => plan.timeoutMs(1.5), () => plan.idle(0), () => plan.buffer(0)]) {
    expect(make).toThrow(/^E_MERGE_ATTR_TYPE/);
  }
  expect(() => plan.watermark("ts", -1)).toThrow(/lateness of a watermark is -1; a whole number from 0 is expected/);
});
