import { expect, test } from "bun:test";
import { isStepEvent, reportedEvent } from "./step_event.ts";

const AT = "2026-01-01T00:00:00Z";
const STEP = { type: "step", timestamp: AT, step_id: "a", kind: "k", attempt: 1 };

test("an event of a step has a step, a kind, an attempt and a state; args and result may be left out (flows §12)", () => {
  const error = { code: 2001, message: "no" };
  for (const event of [
    { ...STEP, state: "started" },
    { ...STEP, state: "started", args: { x: 1 } },
    { ...STEP, state: "succeeded", result: {} },
    { ...STEP, state: "failed", error },
  ]) {
    expect([event, isStepEvent(reportedEvent(event))]).toEqual([event, true]);
  }
});

test("an event that lacks any of that is passed on, but tells of no step", () => {
  const { step_id, ...nameless } = STEP;
  for (const event of [
    { type: "log", timestamp: AT, message: "x" },
    { type: "strange", timestamp: AT },
    { ...nameless, state: "started" },
    { ...STEP, state: "started", attempt: "1" },
    { ...STEP, state: "started", args: [] },
    { ...STEP, state: "succeeded", result: 5 },
    { ...STEP, state: "failed" },
    { ...STEP, state: "failed", error: { message: "x" } },
    { ...STEP, state: "paused" },
  ]) {
    expect([event, isStepEvent(reportedEvent(event))]).toEqual([event, false]);
  }
});
