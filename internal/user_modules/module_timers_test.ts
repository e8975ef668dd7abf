import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { closeSamples, SampleCalls } from "./sample_calls.ts";

afterAll(closeSamples);

const LEAVES = `
  import { promisify } from "node:util";
  let ticks = 0;
  setInterval(() => { ticks += 1; console.log("late"); }, 1);
  const cleared = setInterval(() => console.log("never"), 0);
  clearInterval(cleared);
  promisify(setTimeout)(0, "slept").then((word) => console.log(word));
  export const f = () => ticks;
`;

test("timers run on between the calls of a case, and end with it", () => {
  const printed: string[] = [];
  const samples = new SampleCalls({ open: true, virtual: false });
  samples.thread.renew((_, text) => void printed.push(text));
  const path = join(tempFiles({ "m.ts": LEAVES, "n.ts": "export const g = () => 1;" }), "m.ts");
  const most = 1_000_000;
  let calls = 0;
  while (calls < most && Number(samples.call(path, "f")) < 3) calls += 1;
  expect(calls).toBeLessThan(most);
  expect(new Set(printed)).toEqual(new Set(["late\n", "slept\n"]));

  const next: string[] = [];
  samples.thread.renew((_, text) => void next.push(text));
  const other = join(path, "../n.ts");
  for (let n = 0; n < 1_000; n += 1) samples.call(other, "g");
  expect(next).toEqual([]);
});
