import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { sampleContext, sampleEvent, sampleModules } from "./sample_modules.ts";
import { closeWorkers, real, result, workerOf, workersOf } from "./sample_workers.ts";

afterAll(closeWorkers);

describe("in a real world", () => {
  test("timers of a module run between calls", () => {
    const f = workerOf("let ticks = 0; setInterval(() => { ticks += 1; }, 1); export const f = () => ticks;", real);
    const most = 1_000_000;
    let calls = 0;
    while (calls < most && Number(f(sampleEvent(1), sampleContext())) < 3) calls += 1;
    expect(calls).toBeLessThan(most);
  });

  test("what they fail with is printed, and the thread goes on", () => {
    // In a process of its own: `bun test` takes uncaught errors of threads for itself.
    const folder = sampleModules({
      "w.ts": 'let on = 0; setTimeout(() => { on = 1; throw new Error("in a timer"); }, 0); export const f = () => on;',
      "main.ts": `
        import { TsWorkers } from ${JSON.stringify(join(import.meta.dir, "mod.ts"))};
        import { sampleContext, sampleEvent } from ${JSON.stringify(join(import.meta.dir, "sample_modules.ts"))};
        let printed = "";
        const workers = new TsWorkers({ virtual: false, open: true, print: (stream, text) => { printed += stream + " " + text; } });
        const f = workers.worker(import.meta.dir + "/w.ts", "f");
        let on = 0;
        for (let calls = 0; calls < 100_000 && printed === ""; calls += 1) on = f(sampleEvent(1), sampleContext());
        console.log(on, printed);`,
    });
    const { stdout } = Bun.spawnSync([process.execPath, join(folder, "main.ts")]);
    expect(stdout.toString()).toBe("1 stderr uncaught in a worker module: in a timer\n\n");
  });

  test("a thread that had long nothing to do still answers", async () => {
    const f = workerOf("export const f = (ev) => ev.payload + 1;", real);
    expect(f(sampleEvent(1), sampleContext())).toBe(2);
    // Starting another one takes longer than a thread waits before it lets its event loop run.
    expect(result("export const f = () => 1;", 1, workersOf({}))).toBe(1);
    expect(f(sampleEvent(2), sampleContext())).toBe(3);
  });
});
