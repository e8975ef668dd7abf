import { afterAll, describe, expect, test } from "bun:test";
import { SILENCE } from "../ami/mod.ts";
import { sampleContext, sampleEvent } from "./sample_modules.ts";
import { closeWorkers, workerOf, workersOf } from "./sample_workers.ts";

afterAll(closeWorkers);

describe("what a worker prints", () => {
  test("goes to whoever listens to the case, without what measures time", () => {
    const lines: string[] = [];
    const printTo = (name: string) => (stream: string, text: string) => void lines.push(`${name} ${stream} ${text}`);
    const workers = workersOf({ print: printTo("first") });
    const f = workerOf(
      'export const f = (ev) => { console.log("k", ev.payload); console.error("oh"); console.time("x"); console.assert(false, 1); };',
      workers,
    );
    f(sampleEvent("a"), sampleContext());
    workers.begin(printTo("second"));
    f(sampleEvent([1]), sampleContext());
    expect(lines).toEqual([
      "first stdout k a\n",
      "first stderr oh\n",
      "first stderr Assertion failed 1\n",
      "second stdout k [ 1 ]\n",
      "second stderr oh\n",
      "second stderr Assertion failed 1\n",
    ]);
  });

  test("floods nobody", () => {
    let printed = 0;
    const workers = workersOf({
      print: (_, text) => {
        printed += text.length;
      },
    });
    const f = workerOf(
      'export const f = () => { for (let n = 0; n < 5_000; n += 1) console.log("x".repeat(1_000)); };',
      workers,
    );
    expect(f(sampleEvent(1), sampleContext())).toBe(SILENCE);
    expect(printed).toBeGreaterThan(1_000_000);
    expect(printed).toBeLessThan(1_100_000);
  });

  test("a reader of the output that fails is heard of, and the next call works", () => {
    const workers = workersOf({
      print: () => {
        throw new Error("closed pipe");
      },
    });
    const f = workerOf("export const f = (ev) => { if (ev.payload) console.log(1); return 2; };", workers);
    expect(() => f(sampleEvent(true), sampleContext())).toThrow("closed pipe");
    expect(f(sampleEvent(false), sampleContext())).toBe(2);
  });
});
