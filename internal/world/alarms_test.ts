import { expect, test } from "bun:test";
import { realAlarms } from "./alarms.ts";
import { ManualAlarms } from "./manual_alarms.ts";

test("an alarm of the machine comes when its time has passed, unless it is taken back", async () => {
  const came: string[] = [];
  const start = realAlarms.monotonicMs();
  const off = realAlarms.after(1, () => came.push("off"));
  off();
  await new Promise<void>((resolve) => realAlarms.after(5, resolve));
  expect([came, realAlarms.monotonicMs() - start >= 4]).toEqual([[], true]);
  expect(realAlarms.nowIso()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test("alarms by hand come in the order of their times, each at its own, and whoever waits has a turn in between", async () => {
  const alarms = new ManualAlarms();
  const came: string[] = [];
  const note = (name: string) => came.push(`${name} @${alarms.monotonicMs()}`);
  alarms.after(20, () => note("b"));
  alarms.after(10, () => {
    note("a");
    Promise.resolve()
      .then(() => undefined)
      .then(() => alarms.after(5, () => note("set by whoever waited")));
  });
  alarms.after(15, () => note("taken back"))();
  await alarms.pass(19);
  expect(came).toEqual(["a @10", "set by whoever waited @15"]);
  await alarms.pass(1);
  expect([came.at(-1), alarms.nowIso()]).toEqual(["b @20", "1970-01-01T00:00:00.020Z"]);
});
