import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { closeSamples, SampleCalls } from "./sample_calls.ts";

afterAll(closeSamples);

test("a new case finds modules as if they had never run", () => {
  const samples = new SampleCalls();
  const folder = tempFiles({
    "n.ts": "export const counter = { n: 0 };",
    "m.ts":
      'import { counter } from "./n.ts"; export const f = () => { globalThis.calls = (globalThis.calls ?? 0) + 1; return [++counter.n, globalThis.calls]; };',
  });
  const twice = () => [samples.call(join(folder, "m.ts"), "f"), samples.call(join(folder, "m.ts"), "f")];
  const fresh = [
    [1, 1],
    [2, 2],
  ];
  expect(twice()).toEqual(fresh);
  samples.thread.renew(() => undefined);
  expect(twice()).toEqual(fresh);
});
