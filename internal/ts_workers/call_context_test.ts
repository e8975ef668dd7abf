import { describe, expect, test } from "bun:test";
import type { Json } from "../value/mod.ts";
import { CallContext } from "./call_context.ts";

/** A context whose questions are kept, and answered by `answer`. */
function asked(answer?: Json): { ctx: CallContext; questions: Json[][] } {
  const questions: Json[][] = [];
  const ask = (...question: Json[]): Json | undefined => {
    questions.push(question);
    return answer;
  };
  return { ctx: new CallContext(7, ask), questions };
}

/** What a JavaScript caller can pass, whom no type stops. */
const wrong = (value: unknown): never => value as never;

describe("ctx", () => {
  test("knows the time without asking", () => {
    const { ctx, questions } = asked();
    expect(ctx.clock.now()).toBe(7);
    expect(questions).toEqual([]);
  });

  test("asks for chance and state", () => {
    const { ctx, questions } = asked(1);
    const { rng, state } = ctx;
    expect([rng.next(), rng.int(6), state.get("k"), state.count()]).toEqual([1, 1, 1, 1]);
    state.set("k", { a: [1] });
    state.set("k", null, 50);
    expect([state.has("k"), state.delete("k"), state.keys()]).toEqual([false, false, []]);
    expect(questions).toEqual([
      ["next"],
      ["int", 6],
      ["get", "k"],
      ["count"],
      ["set", "k", { a: [1] }],
      ["set", "k", null, 50],
      ["has", "k"],
      ["delete", "k"],
      ["keys"],
    ]);
  });

  test.each<[string, string, (ctx: CallContext) => unknown]>([
    ["E_WORKER_TYPE", "ctx.rng.int takes a number, got string", (ctx) => ctx.rng.int(wrong("6"))],
    ["E_WORKER_ARG", "ctx.rng.int takes a whole number from 1, got 0", (ctx) => ctx.rng.int(0)],
    ["E_WORKER_ARG", "ctx.rng.int takes a whole number from 1, got 1.5", (ctx) => ctx.rng.int(1.5)],
    ["E_WORKER_TYPE", "ctx.state.get takes a string as key, got number", (ctx) => ctx.state.get(wrong(1))],
    ["E_WORKER_TYPE", "ctx.state.has takes a string as key, got undefined", (ctx) => ctx.state.has(wrong(undefined))],
    ["E_WORKER_TYPE", "ctx.state.get: the key has a lone surrogate", (ctx) => ctx.state.get("\uD800")],
    [
      "E_WORKER_TYPE",
      "the value of ctx.state.set is no JSON value: $ is undefined",
      (ctx) => ctx.state.set("k", undefined),
    ],
    ["E_WORKER_ARG", "the time to live of ctx.state.set is from 0 ms, got -1", (ctx) => ctx.state.set("k", 1, -1)],
    [
      "E_WORKER_TYPE",
      "the time to live of ctx.state.set is a number, got string",
      (ctx) => ctx.state.set("k", 1, wrong("1")),
    ],
    ["E_WORKER_TYPE", "ctx.error takes strings, got object", (ctx) => ctx.error(wrong(null))],
    ["E_WORKER_ARG", "ctx.error takes a code that is not empty", (ctx) => ctx.error("", "m")],
  ])("%s: %s", (code, message, use) => {
    const { ctx, questions } = asked();
    expect(() => use(ctx)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
    expect(questions).toEqual([]);
  });

  test("throws after its call, because it would answer for another event", () => {
    const { ctx, questions } = asked();
    const { state } = ctx;
    ctx.end();
    expect(() => state.get("k")).toThrow("after the call");
    expect(() => ctx.rng.next()).toThrow("after the call");
    expect(questions).toEqual([]);
  });

  test("can be taken apart", () => {
    const { error } = asked().ctx;
    expect(error("E_X", "m")).toMatchObject({ code: "E_X", message: "m", name: "WorkerError" });
  });
});
