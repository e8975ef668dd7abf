import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { wall } from "../world/mod.ts";
import { sampleContext, sampleEvent, sampleModules } from "./sample_modules.ts";
import { closeWorkers, fault, open, result, workerOf, workersOf } from "./sample_workers.ts";

afterAll(closeWorkers);

describe("the watchdog", () => {
  const watched = workersOf({ watchdogMs: 200 });

  test.each([
    ["loops for ever", "for (;;) {}"],
    ["loops for ever and catches all", "for (;;) { try { for (;;) {} } finally { continue; } }"],
    ["asks for ever", 'for (;;) ctx.state.get("k");'],
    ["leaves for ever to promises", "const again = () => { Promise.resolve().then(again); }; again();"],
  ])("ends a call that %s, and others go on", (_, body) => {
    const folder = sampleModules({ "w.ts": `export const f = (ev, ctx) => { ${body} }; export const g = () => "on";` });
    const [f, g] = ["f", "g"].map((name) => watched.worker(join(folder, "w.ts"), name));
    expect(g?.(sampleEvent(1), sampleContext())).toBe("on");
    expect(f?.(sampleEvent(1), sampleContext())).toEqual(
      fault("E_WORKER_HANG", "the worker f of w.ts has not returned after 200 ms"),
    );
    expect(g?.(sampleEvent(1), sampleContext())).toBe("on");
  });

  test("ends a module that never finishes loading", () => {
    expect(result("await new Promise(() => {}); export const f = () => 1;", 1, watched)).toMatchObject({
      code: "E_WORKER_HANG",
    });
    expect(result("for (;;) {} export const f = () => 1;", 1, watched)).toMatchObject({ code: "E_WORKER_HANG" });
  });

  test("is not met by many calls that are long together", () => {
    const f = workerOf("export const f = (ev) => ev.payload;", watched);
    const start = wall.monotonicMs();
    while (wall.monotonicMs() < start + 300) expect(f(sampleEvent(1), sampleContext())).toBe(1);
  });

  test("a worker that ends its thread is seen at once", () => {
    const f = workerOf("export const f = () => process.exit(0);", open);
    expect(f(sampleEvent(1), sampleContext())).toEqual(
      fault("E_WORKER_PANIC", "the worker f of w.ts ended its thread"),
    );
    expect(result("export const f = () => 1;", 1, open)).toBe(1);
  });
});

test("workers run in the thread of whoever calls them, also in one of the harness", async () => {
  const folder = sampleModules({
    "w.ts": "export const f = (ev, ctx) => [ev.payload, ctx.clock.now()]; export const g = () => { for (;;) {} };",
    "main.ts": `
      import { TsWorkers } from ${JSON.stringify(join(import.meta.dir, "mod.ts"))};
      import { sampleContext, sampleEvent } from ${JSON.stringify(join(import.meta.dir, "sample_modules.ts"))};
      const workers = new TsWorkers({ virtual: true, open: false, watchdogMs: 200 });
      const call = (name) => workers.worker(import.meta.dir + "/w.ts", name)(sampleEvent(1), sampleContext());
      self.postMessage([call("f"), call("g").code, call("f")]);`,
  });
  const thread = new Worker(join(folder, "main.ts"));
  const found = await new Promise((resolve, reject) => {
    thread.onmessage = ({ data }) => resolve(data);
    thread.onerror = ({ message }) => reject(new Error(message));
  });
  thread.terminate();
  expect(found).toEqual([[1, 7], "E_WORKER_HANG", [1, 7]]);
});
