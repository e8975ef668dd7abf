import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { SILENCE } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { sampleContext, sampleEvent } from "./sample_modules.ts";
import { closeWorkers, fault, result, workerOf } from "./sample_workers.ts";

afterAll(closeWorkers);

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
