import { expect, test } from "bun:test";
import type { TestEnd } from "../harness/mod.ts";
import { outcomeOf } from "./outcome.ts";
import { testCase } from "./sample_stream.ts";

const TABLE: [Partial<TestEnd>, ReturnType<typeof outcomeOf>][] = [
  [{ status: "pass" }, "pass"],
  [{ status: "pass", stale: true }, "stale"],
  [{ status: "fail" }, "fail"],
  [{ status: "fail", known: true }, "known"],
  [{ status: "skip" }, "skip"],
];

test.each(TABLE)("%j is shown as %s", (fields, outcome) => {
  const end = testCase("a", fields).at(-1);
  if (end?.schema !== "test.v1" || end.type !== "test_end") throw new Error("the sample ends with test_end");
  expect(outcomeOf(end)).toBe(outcome);
});
