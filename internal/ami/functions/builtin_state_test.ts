import { describe, expect, test } from "bun:test";
import { contextAt, eventOf, shown, workerOf } from "./worker_fixture.ts";

/** Runs `w` on one store after the other event. */
function results(body: string, payloads: readonly number[]) {
  const worker = workerOf(`func w(ev) any { ${body} }`);
  const context = contextAt();
  return { values: payloads.map((payload) => shown(worker(eventOf(payload), context))), state: context.state };
}

test("a store lasts from event to event", () => {
  const { values, state } = results(
    'n := state.get("n")\nif n == nil { n = 0 }\nstate.set("n", n + ev.payload)\nreturn n',
    [1, 2, 3],
  );
  expect(values).toEqual([0, 1, 3]);
  expect(state.peek("n")).toBe(6);
  expect(state.metrics()).toMatchObject({ hits: 2, misses: 1 });
});

test("has, delete, keys and count", () => {
  const body = `
    state.set("b", 1)
    state.set("a", nil)
    state.set("\\ufffd", 1)
    state.set("😀", 1)
    deleted := [state.delete("b"), state.delete("b")]
    return [state.has("a"), state.has("b"), state.get("a"), deleted, state.keys(), state.count(), state.set("c", 1)]`;
  expect(results(body, [0]).values).toEqual([[true, false, null, [true, false], ["a", "\ufffd", "😀"], 3, null]]);
});

test("a time to live is virtual", () => {
  const worker = workerOf(
    'func w(ev) any { if state.has("x") { return "seen" }\nstate.set("x", 1, 10)\nreturn "new" }',
  );
  const context = contextAt();
  const at = (ms: number) => {
    context.clock.advanceTo(ms);
    return worker(eventOf({}), context);
  };
  expect([at(0), at(9), at(10), at(25)]).toEqual(["new", "seen", "new", "new"]);
});

describe("what a store cannot take", () => {
  test.each([
    ['state.set("x", 1, -1)', "E_WORKER_ARG"],
    ['state.set("x", 1, "10")', "E_WORKER_TYPE"],
    ['state.set("x", 1, nil)', "E_WORKER_TYPE"],
    ['state.set("x", ev)', "E_WORKER_TYPE"],
    ['state.set("x", error("e"))', "E_WORKER_TYPE"],
    ["state.set(1, 1)", "E_WORKER_TYPE"],
    ["state.get(nil)", "E_WORKER_TYPE"],
  ])("%s is %p", (call, code) => {
    const { values, state } = results(`x := ${call}\nreturn x`, [0]);
    expect(values).toEqual([code]);
    expect(state.count()).toBe(0);
  });
});

test("what was stored and what is stored do not change each other", () => {
  const body = `
    l := [map{"n": 1}]
    state.set("l", l)
    l[0].n = 2
    again := state.get("l")
    again[0].n = 3
    return [l, again, state.get("l")]`;
  expect(results(body, [0]).values).toEqual([[[{ n: 2 }], [{ n: 3 }], [{ n: 1 }]]]);
});

test("the store is not touched by a worker that does not name it", () => {
  const context = {
    ...contextAt(),
    get state(): never {
      throw new Error("touched");
    },
  };
  expect(workerOf("func w(ev) any { return ev }")(eventOf(1), context)).toBe(1);
});
