import { expect, test } from "bun:test";
import type { MergePlan } from "../ami/mod.ts";
import { BY_TIME, playRows, type Row, ts } from "./merge_script.ts";

test("equal times over inputs: by input, then arrival; Stable: by arrival alone", () => {
  const rows: Row[] = [
    [0, 2, ts(1)],
    [0, 0, ts(1)],
    [0, 1, ts(1)],
    [0, 0, ts(1)],
  ];
  const sort = [{ field: "ts", order: "asc" }] as const;
  expect(playRows({ sort }, 3, rows).out).toBe("0:b 0:d 0:c 0:a");
  expect(playRows({ sort, stable: true }, 3, rows).out).toBe("0:a 0:b 0:c 0:d");
});

test("Key comes before partition, partition before input; Stable leaves Key out", () => {
  const rows: Row[] = [
    [0, 1, { k: 1, id: 2, p: "x" }],
    [0, 1, { k: 1, id: 1, p: "y" }],
    [0, 1, { k: 1, id: 1, p: "x" }],
    [0, 0, { k: 1, id: 1, p: "y" }],
  ];
  const plan: MergePlan = { sort: [{ field: "k", order: "desc" }], key: "id", partitionBy: "p" };
  expect(playRows(plan, 2, rows).out).toBe("0:c 0:d 0:b 0:a");
  expect(playRows({ ...plan, stable: true }, 2, rows).out).toBe("0:a 0:b 0:c 0:d");
});

test("at the end everything leaves as one batch, untimed events last", () => {
  const rows: Row[] = [
    [0, 1, ts("?")],
    [1, 1, ts(4)],
    [2, 0, ts(9)],
    [3, 1, ts(6)],
    [4, 0, ts(5)],
  ];
  const plan: MergePlan = { ...BY_TIME, watermark: { field: "ts", latenessMs: 100 } };
  expect(playRows(plan, 2, rows).out).toBe("4:b 4:e 4:d 4:c 4:a");
});

test("without Sort a batch leaves in order of arrival, whatever its event times", () => {
  const rows: Row[] = [
    [0, 0, ts(7)],
    [1, 0, ts(5)],
    [2, 0, ts(8)],
    [3, 0, ts(6)],
    [4, 0, ts(30)],
  ];
  const plan: MergePlan = { watermark: { field: "ts", latenessMs: 10 } };
  expect(playRows(plan, 1, rows).out).toBe("4:a 4:b 4:c 4:d 4:e");
});

test("nulls and missing come last under desc too", () => {
  const rows: Row[] = [
    [0, 0, { k: null }],
    [0, 0, { k: 1 }],
    [0, 0, {}],
    [0, 0, { k: 2 }],
    [0, 0, { k: Number.NaN }],
  ];
  expect(playRows({ sort: [{ field: "k", order: "desc" }] }, 1, rows).out).toBe("0:d 0:b 0:e 0:a 0:c");
});
