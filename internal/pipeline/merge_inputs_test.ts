import { expect, test } from "bun:test";
import { MergeInputs } from "./merge_inputs.ts";

test("the least counts until every input has spoken, and without those that are idle or have ended", () => {
  const inputs = new MergeInputs(3, 10);
  inputs.spoke(0, 1, 50);
  inputs.spoke(1, 2, 40);
  expect([inputs.least, inputs.idleDeadline]).toEqual([Number.NEGATIVE_INFINITY, 10]);
  expect([inputs.fallIdle(9), inputs.fallIdle(10), inputs.least, inputs.idleDeadline]).toEqual([false, true, 40, 11]);
  expect([inputs.end(1), inputs.least]).toEqual([false, 50]);
});

test("an input that was idle counts again with its greatest time, whatever it says", () => {
  const inputs = new MergeInputs(1, 10);
  inputs.spoke(0, 0, 50);
  inputs.fallIdle(10);
  expect([inputs.least, inputs.idleDeadline]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  inputs.spoke(0, 12, Number.NaN);
  expect([inputs.least, inputs.idleDeadline]).toEqual([50, 22]);
});

test("several inputs fall idle at once", () => {
  const inputs = new MergeInputs(5, 10);
  inputs.spoke(3, 5, 1);
  expect([inputs.fallIdle(12), inputs.idleDeadline, inputs.fallIdle(15), inputs.fallIdle(99)]).toEqual([
    true,
    15,
    true,
    false,
  ]);
});

test("without Idle nothing falls idle; the last end is told", () => {
  const inputs = new MergeInputs(2, undefined);
  expect([inputs.idleDeadline, inputs.fallIdle(1e9), inputs.end(1), inputs.end(0)]).toEqual([
    Number.POSITIVE_INFINITY,
    false,
    false,
    true,
  ]);
});
