import { expect, test } from "bun:test";
import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { Merge } from "./merge.ts";
import { BY_TIME, LATE_BY_3, playRows, type Row, ts } from "./merge_script.ts";

// Cases that other engines met and published, where they bear on pipelines §9, and the corners of its pseudo-code. What
// the page settles otherwise than those engines is said at the case.

test("it never goes back: an input that returns from idle is late where it was on time", () => {
  const plan = { ...BY_TIME, idleMs: 10 };
  const rows: Row[] = [
    [0, 0, ts(1)],
    [0, 1, ts(1)],
    [9, 0, ts(50)],
    [20, 1, ts(48)],
    [20, 1, ts(49)],
    [21, 1, ts(50)],
    [21, 0, ts(51)],
  ];
  const { out, gone } = playRows(plan, 2, rows);
  expect([out, gone]).toEqual(["10:a 10:b 21:c 21:f 21:g", "20:d late, 20:e late"]);
});

test("an older event of the same input does not lower it", () => {
  const rows: Row[] = [
    [0, 0, ts(10)],
    [1, 0, ts(8)],
    [2, 0, ts(7)],
    [3, 0, ts(6)],
    [4, 0, ts(11)],
  ];
  const { out, gone } = playRows(LATE_BY_3, 1, rows);
  expect([out, gone]).toEqual(["4:c 4:b 4:a 4:e", "3:d late"]);
});

test("an event at the watermark is late, one a millisecond after it is not", () => {
  // The greatest time is 10, lateness 3: the watermark is 6.
  const around = [5, 6, 7, 8].map((time): Row => [1, 0, ts(time)]);
  expect(playRows(LATE_BY_3, 1, [[0, 0, ts(10)], ...around]).gone).toBe("1:b late, 1:c late");
});

test("an event leaves when its time plus lateness is passed: not one before, not at it, but after it", () => {
  // For the event at 10 with lateness 3 these are 12, 13 and 14.
  const rows: Row[] = [
    [0, 0, ts(10)],
    [1, 0, ts(12)],
    [2, 0, ts(13)],
    [3, 0, ts(14)],
  ];
  expect(playRows(LATE_BY_3, 1, rows).out).toBe("3:a 3:b 3:c 3:d");
  const merge = new Merge(LATE_BY_3, 1, () => {});
  const released = [10, 12, 13, 14].map((time) => {
    const out: { payload: Json }[] = [];
    merge.arrive(0, { payload: ts(time) }, time, out);
    return out.length;
  });
  expect(released).toEqual([0, 0, 0, 1]);
});

test("equal times are not late for one another, over inputs and after a release", () => {
  const rows: Row[] = [
    [0, 1, ts(5)],
    [0, 0, ts(5)],
    [1, 0, ts(5)],
    [2, 1, ts(5)],
    [3, 0, ts(6)],
    [3, 1, ts(6)],
  ];
  expect(playRows(BY_TIME, 2, rows)).toEqual({ out: "3:b 3:c 3:a 3:d 3:e 3:f", gone: "", late: 0, forced: 0 });
});

test("an untimed event is never late, moves nothing and sorts last", () => {
  const rows: Row[] = [
    [0, 0, ts(5)],
    [1, 0, ts("5")],
    [2, 0, ts(9)],
    [3, 0, ts(null)],
    [4, 0, ts(10)],
  ];
  expect(playRows(BY_TIME, 1, rows).out).toBe("2:a 4:c 4:e 4:b 4:d");
});

test("times before 1970 and between milliseconds count as they are", () => {
  const rows: Row[] = [
    [0, 0, ts(-5)],
    [1, 0, ts(-4.5)],
    [2, 0, ts(-4)],
    [3, 0, ts(-3.9)],
    [4, 0, ts(-4.9)],
  ];
  const { out, gone } = playRows(BY_TIME, 1, rows);
  expect([out, gone]).toEqual(["2:a 4:b 4:c 4:d", "4:e late"]);
});

test("a repeated or refused event moves the watermark all the same", () => {
  const repeated: Row[] = [
    [0, 0, { ts: 1, id: 1 }],
    [1, 0, { ts: 9, id: 1 }],
    [2, 0, { ts: 5 }],
  ];
  expect(playRows({ ...BY_TIME, dedup: { field: "id" } }, 1, repeated)).toEqual({
    out: "1:a",
    gone: "1:b dedup, 2:c late",
    late: 1,
    forced: 0,
  });
  const refused: Row[] = [
    [0, 0, ts(1)],
    [1, 0, ts(9)],
    [2, 0, ts(5)],
  ];
  const buffer = { capacity: 1, policy: "dropNewest" } as const;
  expect(playRows({ ...BY_TIME, buffer }, 1, refused).gone).toBe("1:b dropNewest, 2:c late");
});

test("a sort field that is the Watermark field compares times, another one compares values", () => {
  const rows: Row[] = [
    [0, 0, ts("1970-01-01T00:00:00.009Z")],
    [0, 0, ts(7)],
    [0, 0, ts("1970-01-01T01:00:00.008+01:00")],
  ];
  const plan: MergePlan = { ...BY_TIME, watermark: { field: "ts", latenessMs: 10 } };
  expect(playRows(plan, 1, rows).out).toBe("0:b 0:c 0:a");
  expect(playRows({ ...plan, sort: [{ field: "ts", order: "desc" }] }, 1, rows).out).toBe("0:a 0:c 0:b");
  const other: MergePlan = { sort: [{ field: "ts", order: "asc" }], watermark: { field: "no", latenessMs: 0 } };
  expect(playRows(other, 1, rows).out).toBe("0:b 0:a 0:c");
});
