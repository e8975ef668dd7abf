import { afterAll, describe, expect, test } from "bun:test";
import { sampleContext, sampleEvent } from "./sample_modules.ts";
import { closeWorkers, workerOf, workersOf } from "./sample_workers.ts";

afterAll(closeWorkers);

describe("a new case", () => {
  test("finds modules as if they had never run", () => {
    const workers = workersOf({});
    const others = { "n.ts": "export const counter = { n: 0 };" };
    const text =
      'import { counter } from "./n.ts"; export const f = () => { globalThis.calls = (globalThis.calls ?? 0) + 1; return [++counter.n, globalThis.calls]; };';
    const f = workerOf(text, workers, others);
    const call = () => f(sampleEvent(1), sampleContext());
    expect([call(), call()]).toEqual([
      [1, 1],
      [2, 2],
    ]);
    workers.begin(() => undefined);
    expect([call(), call()]).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });
});
