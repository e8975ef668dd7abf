import { expect, test } from "bun:test";
import type { MergePlan } from "../ami/mod.ts";
import { BY_TIME, play, playRows, type Row, ts } from "./merge_script.ts";

const rows: Row[] = [
  [0, 0, { ts: 5, id: 1 }],
  [1, 0, { ts: 9, id: 2 }],
  [2, 0, { ts: 3, id: 3 }],
  [3, 0, { ts: 4, id: 3 }],
  [4, 0, { ts: 10, id: 3 }],
];

test("accepted, one passes at once, by buffer and window, and is remembered", () => {
  const plan: MergePlan = {
    ...BY_TIME,
    latePolicy: "accept",
    dedup: { field: "id" },
    buffer: { capacity: 1, policy: "dropNewest" },
  };
  expect(playRows(plan, 1, rows)).toEqual({
    out: "1:a 2:c",
    gone: "1:b dropNewest, 3:d dedup, 4:e dedup",
    late: 2,
    forced: 0,
  });
});

test("dropped or shunted, it is not remembered", () => {
  for (const latePolicy of ["drop", "shunt"] as const) {
    const plan: MergePlan = { ...BY_TIME, latePolicy, dedup: { field: "id" } };
    expect(playRows(plan, 1, rows)).toEqual({ out: "1:a 4:b 4:e", gone: "2:c late, 3:d late", late: 2, forced: 0 });
  }
});

test("it can be told from one that goes to the error pipeline", () => {
  const told = (latePolicy: "drop" | "shunt") =>
    play(
      { ...BY_TIME, latePolicy },
      1,
      [9, 1].map((time) => ({ at: 0, in: 0, payload: ts(time) })),
    ).discarded;
  expect(told("drop").map(({ shunted }) => shunted)).toEqual([false]);
  expect(told("shunt").map(({ shunted }) => shunted)).toEqual([true]);
});
