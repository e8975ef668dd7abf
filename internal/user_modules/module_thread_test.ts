import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { tempFiles } from "../testkit/mod.ts";
import { wall } from "../world/mod.ts";
import { closeSamples, SampleCalls } from "./sample_calls.ts";

afterAll(closeSamples);

const moduleOf = (text: string): string => join(tempFiles({ "m.ts": text }), "m.ts");

describe("the watchdog", () => {
  const watched = new SampleCalls({ watchdogMs: 200 });
  const hang = { code: "E_WORKER_HANG", message: "the sample f of m.ts has not returned after 200 ms" };

  test.each([
    ["loops for ever", "for (;;) {}"],
    ["loops for ever and catches all", "for (;;) { try { for (;;) {} } finally { continue; } }"],
    ["asks for ever", 'for (;;) ask("");'],
    ["leaves for ever to promises", "const again = () => { Promise.resolve().then(again); }; again();"],
  ])("ends a call that %s, and others go on", (_, body) => {
    const path = moduleOf(`export const f = (arg, ask) => { ${body} }; export const g = () => "on";`);
    expect(watched.call(path, "g")).toBe("on");
    expect(watched.call(path, "f")).toEqual(hang);
    expect(watched.call(path, "g")).toBe("on");
  });

  test("ends a module that never finishes loading", () => {
    const unloaded = { ...hang, message: "m.ts has not loaded after 200 ms" };
    expect(watched.call(moduleOf("await new Promise(() => {}); export const f = () => 1;"), "f")).toEqual(unloaded);
    expect(watched.call(moduleOf("for (;;) {} export const f = () => 1;"), "f")).toEqual(unloaded);
  });

  test("is not met by many calls that are long together", () => {
    const path = moduleOf("export const f = (arg) => arg;");
    const start = wall.monotonicMs();
    while (wall.monotonicMs() < start + 300) expect(watched.call(path, "f")).toBe(1);
  });
});

test("a module that ends its thread is seen at once, and the next call works", () => {
  const open = new SampleCalls({ open: true });
  expect(open.call(moduleOf("export const f = () => process.exit(0);"), "f")).toEqual({
    code: "E_FAILED",
    message: "the sample f of m.ts ended its thread",
  });
  expect(open.call(moduleOf("export const f = () => 1;"), "f")).toBe(1);
});

test("what cannot be called fails at every call", () => {
  const samples = new SampleCalls();
  const failing = moduleOf('throw new Error("boom"); export const f = () => 1;');
  const boom = { code: "E_FAILED", message: "m.ts cannot be loaded: boom" };
  expect([samples.call(failing, "f"), samples.call(failing, "f")]).toEqual([boom, boom]);
  expect(samples.call(moduleOf("export const f = null;"), "f")).toEqual({
    code: "E_NO_FUNCTION",
    message: "the export f of m.ts is no function but null",
  });
});

test("modules run in the thread of whoever calls them, also in one of the harness", async () => {
  const folder = tempFiles({
    "m.ts": "export const f = (arg) => [arg]; export const g = () => { for (;;) {} };",
    "main.ts": `
      import { SampleCalls } from ${JSON.stringify(join(import.meta.dir, "sample_calls.ts"))};
      const samples = new SampleCalls({ watchdogMs: 200 });
      const call = (name) => samples.call(import.meta.dir + "/m.ts", name);
      self.postMessage([call("f"), call("g").code, call("f")]);`,
  });
  const thread = new Worker(join(folder, "main.ts"));
  const found = await new Promise((resolve, reject) => {
    thread.onmessage = ({ data }) => resolve(data);
    thread.onerror = ({ message }) => reject(new Error(message));
  });
  thread.terminate();
  expect(found).toEqual([[1], "E_WORKER_HANG", [1]]);
});
