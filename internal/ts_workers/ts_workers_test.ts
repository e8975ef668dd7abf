import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { SILENCE } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { sampleContext, sampleEvent, sampleModules } from "./sample_modules.ts";
import { closed, closeWorkers, fault, open, result, workerOf, workersOf } from "./sample_workers.ts";

afterAll(closeWorkers);

describe("the host", () => {
  test.each(["Bun.env", "process.env.HOME", "prompt()"])("is out of reach: %s", (expression) => {
    const found = result(`export const f = () => [${expression}];`);
    expect(found).toEqual(
      fault("E_WORKER_IO", expect.stringMatching(/^a worker module may not use (Bun|process|prompt) without the cap/)),
    );
  });

  test("is opened for the modules of a file with fs or net, and for no others", () => {
    const path = join(sampleModules({ "w.ts": 'import "node:fs"; export const f = () => typeof process;' }), "w.ts");
    const closedFault = {
      code: "E_WORKER_IO",
      message:
        'w.ts:1:8: a worker module may import relative files and "plumb" only without the capability fs or net, found "node:fs"',
    };
    expect(closed.exports(path)).toEqual(closedFault);
    expect(closed.exports(path, new Set(["io", "device"]))).toEqual(closedFault);
    expect(closed.exports(`${path}x`)).toMatchObject({ code: "E_WORKER_UNDEFINED" });
    for (const capability of ["fs", "net"]) {
      const granted = new Set([capability]);
      expect(closed.exports(path, granted)).toEqual(["f"]);
      expect(closed.worker(path, "f", granted)(sampleEvent(1), sampleContext())).toBe("object");
    }
    expect(closed.worker(path, "f")(sampleEvent(1), sampleContext())).toMatchObject({ code: "E_WORKER_IO" });
  });
});

describe("a TypeScript worker", () => {
  test("gets a fresh copy of the event", () => {
    const payload = { list: [1], deep: { a: null } };
    const f = workerOf("export const f = (ev: { payload: any }) => { ev.payload.list.push(2); return { ...ev }; };");
    const seen = { id: "P/ingress/3", payload: { ...payload, list: [1, 2] }, time: 5, attempt: 1, trace: null };
    expect(f(sampleEvent(payload), sampleContext())).toEqual(seen);
    expect(f(sampleEvent(payload), sampleContext())).toEqual(seen);
    expect(payload.list).toEqual([1]);
  });

  test("answers the event itself with the payload that it then has; the same object, if it is the same", () => {
    const payload = { k: [1, "é😀", { "": null }] };
    expect(result("export const f = (ev) => ev;", payload)).toBe(payload);
    expect(result("export const f = (ev) => { ev.payload.k = 1; return ev; };", payload)).toEqual({ k: 1 });
    expect(result("export const f = (ev) => { ev.payload = null; return ev; };", payload)).toBe(null);
  });

  test("answers a payload, silence, or an error that it returns or throws", () => {
    expect(result("export function f(ev) { return ev.payload * 2; }", 2)).toBe(4);
    expect(result("export function f() {}")).toBe(SILENCE);
    expect(result("export const f = () => null;")).toBe(SILENCE);
    expect(result('export const f = (ev, ctx) => ctx.error("E_EVEN", "even");')).toEqual(fault("E_EVEN", "even"));
    expect(result('export const f = (ev, { error }) => { throw error("odd"); };')).toEqual(fault("E_WORKER", "odd"));
  });

  test("carries payloads of any size, and keys of any name", () => {
    const payload = { list: Array.from({ length: 40_000 }, (_, n) => `${n} é😀`), ["__proto__"]: 1 };
    expect(result("export const f = (ev) => [ev.payload, 1];", payload)).toEqual([payload, 1]);
  });

  test("gets and gives any JSON value as it is", () => {
    const f = workerOf("export const f = (ev) => [ev.payload];");
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const payload: Json = JSON.parse(JSON.stringify(value));
        expect(f(sampleEvent(payload), sampleContext())).toEqual([payload]);
      }),
    );
  });

  test("cannot change what names an event", () => {
    expect(result('export const f = (ev) => { ev.id = "x"; return ev; };')).toMatchObject({ code: "E_WORKER_PANIC" });
  });

  test.each<[string, string, string]>([
    ["E_WORKER_PANIC", "boom", 'throw new Error("boom")'],
    ["E_WORKER_PANIC", "Maximum call stack size exceeded.", "const g = () => g() + 1; return g()"],
    ["E_WORKER_ASYNC", "the worker returned a promise; workers are called synchronously", "return (async () => 1)()"],
    ["E_WORKER_TYPE", "what the worker returned is no JSON value: $.a is undefined", "return { a: undefined }"],
    ["E_WORKER_TYPE", "the event's payload is no JSON value: $ is", "ev.payload = () => 1; return ev"],
    ["E_WORKER_SIZE", "what the worker returned has more than 1048576 elements", "return new Array(2_000_000)"],
    ["E_WORKER_SIZE", "the value of ctx.state.set has more than", 'ctx.state.set("k", "x".repeat(2_000_000))'],
    ["E_WORKER_ARG", "ctx.rng.int takes a whole number from 1", "return ctx.rng.int(-1)"],
  ])("that fails is %s: %s", (code, message, body) => {
    const found = result(`export const f = (ev, ctx) => { ${body} };`);
    expect(found).toEqual(fault(code, expect.stringContaining(message)));
  });

  test("that is no function is E_WORKER_TYPE", () => {
    expect(result("export const f = 1;")).toEqual(
      fault("E_WORKER_TYPE", "the export f of w.ts is no function but number"),
    );
  });

  test("whose module fails when it is evaluated fails at every call", () => {
    const f = workerOf('throw new Error("boom"); export const f = () => 1;');
    const expected = fault("E_WORKER_PANIC", "w.ts cannot be loaded: boom");
    expect(f(sampleEvent(1), sampleContext())).toEqual(expected);
    expect(f(sampleEvent(1), sampleContext())).toEqual(expected);
  });
});

test("a worker that hangs or ends its thread is told by its name, and the next one works", () => {
  const watched = workersOf({ watchdogMs: 200 });
  expect(result("export const f = () => { for (;;) {} };", 1, watched)).toEqual(
    fault("E_WORKER_HANG", "the worker f of w.ts has not returned after 200 ms"),
  );
  expect(result("export const f = () => 1;", 1, watched)).toBe(1);
  expect(result("export const f = () => process.exit(0);", 1, open)).toEqual(
    fault("E_WORKER_PANIC", "the worker f of w.ts ended its thread"),
  );
});

test("what workers print goes to whoever listens to the case, which finds modules as if they had never run", () => {
  const lines: string[] = [];
  const workers = workersOf();
  const f = workerOf("let n = 0; export const f = () => { console.log(++n); };", workers);
  for (const name of ["first", "second"]) {
    workers.begin((stream, text) => void lines.push(`${name} ${stream} ${text}`));
    for (let calls = 0; calls < 2; calls += 1) f(sampleEvent(1), sampleContext());
  }
  expect(lines).toEqual(["first stdout 1\n", "first stdout 2\n", "second stdout 1\n", "second stdout 2\n"]);
});
