import { expect, test } from "bun:test";
import type { RunEnd, Totals } from "../harness/mod.ts";
import { summaryLine } from "./summary.ts";

function runEnd(duration: number, totals: Totals): RunEnd {
  const exit = { code: 1, name: "failure" };
  return { schema: "test.v1", type: "run_end", timestamp: "", duration_ms: duration, totals, ok: false, exit };
}

test("the summary is the line of cli.md", () => {
  expect(summaryLine(runEnd(31, { pass: 21, fail: 8, skip: 1, cases: 30 }), 42)).toBe(
    "plumb test: 21 passed, 8 failed, 1 skipped (30 cases, 0.03 s, seed 42)",
  );
});

test("known and stale follow skipped where they are counted, zero too", () => {
  expect(summaryLine(runEnd(1500, { pass: 1, fail: 0, skip: 1, cases: 3, known: 1, stale: 0 }), 7)).toBe(
    "plumb test: 1 passed, 0 failed, 1 skipped, 1 known, 0 stale (3 cases, 1.50 s, seed 7)",
  );
});

test("a stream without run_start has no seed to tell", () => {
  expect(summaryLine(runEnd(0, { pass: 0, fail: 0, skip: 0, cases: 0 }), undefined)).toBe(
    "plumb test: 0 passed, 0 failed, 0 skipped (0 cases, 0.00 s)",
  );
});
