import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { closeSamples, SampleCalls } from "./sample_calls.ts";

afterAll(closeSamples);

const real = new SampleCalls({ open: true, virtual: false });
const moduleOf = (text: string): string => join(tempFiles({ "m.ts": text }), "m.ts");

describe("in a real world", () => {
  test("timers of a module run between calls", () => {
    const path = moduleOf("let ticks = 0; setInterval(() => { ticks += 1; }, 1); export const f = () => ticks;");
    const most = 1_000_000;
    let calls = 0;
    while (calls < most && Number(real.call(path, "f")) < 3) calls += 1;
    expect(calls).toBeLessThan(most);
  });

  test("what they fail with is printed, and the thread goes on", () => {
    // In a process of its own: `bun test` takes uncaught errors of threads for itself.
    const folder = tempFiles({
      "m.ts": 'let on = 0; setTimeout(() => { on = 1; throw new Error("in a timer"); }, 0); export const f = () => on;',
      "main.ts": `
        import { SampleCalls } from ${JSON.stringify(join(import.meta.dir, "sample_calls.ts"))};
        let printed = "";
        const print = (stream, text) => { printed += stream + " " + text; };
        const samples = new SampleCalls({ virtual: false, open: true, print });
        let on = 0;
        for (let calls = 0; calls < 100_000 && printed === ""; calls += 1) on = samples.call(import.meta.dir + "/m.ts", "f");
        console.log(on, printed);`,
    });
    const { stdout } = Bun.spawnSync([process.execPath, join(folder, "main.ts")]);
    expect(stdout.toString()).toBe("1 stderr uncaught in a sample module: in a timer\n\n");
  });

  test("a thread that had long nothing to do still answers", () => {
    const path = moduleOf("export const f = (arg) => arg + 1;");
    expect(real.call(path, "f", 1)).toBe(2);
    // Starting another one takes longer than a thread waits before it lets its event loop run.
    expect(new SampleCalls().call(path, "f", 1)).toBe(2);
    expect(real.call(path, "f", 2)).toBe(3);
  });
});
