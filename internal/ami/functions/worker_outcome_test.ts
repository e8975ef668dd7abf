import { describe, expect, test } from "bun:test";
import type { Json } from "../../value/mod.ts";
import { SILENCE, WorkerFault } from "./worker.ts";
import { resultOf, run } from "./worker_fixture.ts";

describe("what a worker ends with", () => {
  test.each<[string, Json]>([
    ["(any, error) { return ev }", { k: 1 }],
    ["(any, error) { return ev, nil }", { k: 1 }],
    ["any { ev.payload.k = 2\nreturn ev }", { k: 2 }],
    ["any { ev.payload = nil\nreturn ev }", null],
    ["(any, error) { return 0, nil }", 0],
    ["any { return false }", false],
    ['any { return "" }', ""],
    ["any { return [] }", []],
    ["any { return ev.payload }", { k: 1 }],
    ["any { return nil }", "silence"],
    ["(any, error) { return nil, nil }", "silence"],
    ["(any, error) { return }", "silence"],
    ["{ }", "silence"],
    ["{ return }", "silence"],
    ['(any, error) { return ev, error("E_X", "x") }', "E_WORKER_DISPOSITION"],
    ['(any, error) { return 0, error("E_X", "x") }', "E_WORKER_DISPOSITION"],
    ['any { return error("E_X", "x") }', "E_WORKER_TYPE"],
    ['(any, error) { return nil, "x" }', "E_WORKER_TYPE"],
    ["(any, error) { return ev, 1 }", "E_WORKER_TYPE"],
    ["(any, error) { return nil, ev }", "E_WORKER_TYPE"],
  ])("%s gives %p", (rest, result) => {
    expect(resultOf(`func w(ev) ${rest}`, { k: 1 })).toEqual(result);
  });

  test("an error goes on with its code and message, and without a place", () => {
    const fault = run('func w(ev) (any, error) { return nil, error("E_NEG", "k is " + str(ev.payload.k)) }', { k: -1 });
    expect(fault).toEqual(new WorkerFault("E_NEG", "k is -1"));
    expect(run('func w(ev) (any, error) { return nil, error("late") }')).toEqual(new WorkerFault("E_WORKER", "late"));
  });

  test("the values of a returned call are the worker's", () => {
    const half =
      'func half(n) (any, error) { if n % 2 != 0 { return nil, error("E_ODD", "odd") }\nreturn n / 2, nil }\n';
    expect(resultOf(`${half}func w(ev) (any, error) { return half(ev.payload) }`, 4)).toBe(2);
    expect(resultOf(`${half}func w(ev) (any, error) { return half(ev.payload) }`, 3)).toBe("E_ODD");
    expect(resultOf("func nothing(x) { }\nfunc w(ev) any { return nothing(1) }")).toBe("silence");
    expect(resultOf("func nothing(x) { len(x) }\nfunc w(ev) any { return [nothing([1])] }")).toEqual([null]);
    expect(resultOf("func change(e) any { e.payload.k = 5\nreturn e }\nfunc w(ev) any { return change(ev) }")).toEqual({
      k: 5,
    });
  });

  test("what one call returned does not reach the next", () => {
    const declared = 'func bad() (any, error) { return 1, error("E_X", "x") }\nfunc good() any { return 2 }\n';
    expect(
      resultOf(`${declared}func w(ev) (any, error) { a, e := bad()\nb := good()\nreturn [a, b, e.code] }`),
    ).toEqual([1, 2, "E_X"]);
    expect(resultOf(`${declared}func w(ev) (any, error) { x, e := bad()\ngood()\nreturn good() }`)).toBe(2);
    expect(run(`${declared}func nothing() { bad() }\nfunc w(ev) { nothing() }`)).toBe(SILENCE);
  });
});
