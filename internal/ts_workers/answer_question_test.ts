import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { sampleContext, sampleEvent } from "./sample_modules.ts";
import { closed, closeWorkers, result, workerOf } from "./sample_workers.ts";

afterAll(closeWorkers);

describe("ctx", () => {
  test("is that of the step: its time, its store, its chance", () => {
    const context = sampleContext();
    const body =
      'const n = (ctx.state.get("n") ?? 0) + 1; ctx.state.set("n", n); return [n, ctx.clock.now(), ctx.rng.next(), ctx.rng.int(6)];';
    const f = workerOf(`export const f = (ev, ctx) => { ${body} };`);
    const { rng } = sampleContext();
    expect(f(sampleEvent(1), context)).toEqual([1, 7, rng.next(), rng.int(6)]);
    expect(f(sampleEvent(1), context)).toEqual([2, 7, rng.next(), rng.int(6)]);
    expect(f(sampleEvent(1), sampleContext())).toEqual([1, 7, expect.any(Number), expect.any(Number)]);
    expect(context.state.peek("n")).toBe(2);
  });

  test("has all of state, and what a call did to it can be taken back", () => {
    const body = `
      const { state } = ctx;
      state.set("😀", { a: [1] }, 5); state.set("\\uFF5E", null); state.set("a", 1);
      return [state.get("😀"), state.get("\\uFF5E"), state.get("none") === undefined, state.has("a"), state.delete("a"),
        state.delete("a"), state.keys(), state.count()];`;
    const context = sampleContext();
    context.state.begin();
    const found = result(`export const f = (ev, ctx) => { ${body} };`, 1, closed, context);
    expect(found).toEqual([{ a: [1] }, null, true, true, true, false, ["\uFF5E", "😀"], 2]);
    context.state.rollback();
    expect(context.state.metrics()).toEqual({ currentSize: 0, evictions: 0, expirations: 0, hits: 0, misses: 0 });
  });

  test("keeps the store as whoever asks it directly", () => {
    const f = workerOf(
      "export const f = (ev, ctx) => ev.payload.map(([op, ...args]) => ctx.state[op](...args) ?? null);",
    );
    const key = fc.constantFrom("a", "b", "c", "é");
    const set = fc.tuple(fc.constant("set" as const), key, fc.integer(), fc.constantFrom(0, 1, 50));
    const read = fc.tuple(fc.constantFrom("get" as const, "has" as const, "delete" as const), key);
    const all = fc.tuple(fc.constantFrom("keys" as const, "count" as const));
    fc.assert(
      fc.property(fc.array(fc.oneof(set, read, all), { maxLength: 12 }), (steps) => {
        const [asked, direct] = [sampleContext(), sampleContext()];
        const expected = steps.map((step) => {
          if (step[0] !== "set")
            return step.length === 1 ? direct.state[step[0]]() : (direct.state[step[0]](step[1]) ?? null);
          direct.state.put(step[1], step[2], { ttlMs: step[3] });
          return null;
        });
        expect(f(sampleEvent(steps), asked)).toEqual(expected);
        expect(asked.state.metrics()).toEqual(direct.state.metrics());
      }),
    );
  });

  test("does not outlive its call", () => {
    const f = workerOf(
      'let old; export const f = (ev, ctx) => { const o = old; old = ctx; return o ? o.state.get("k") : 1; };',
    );
    expect(f(sampleEvent(1), sampleContext())).toBe(1);
    expect(f(sampleEvent(1), sampleContext())).toMatchObject({
      code: "E_WORKER_PANIC",
      message: expect.stringContaining("after the call"),
    });
  });

  test("what a worker leaves to promises is done when its call ends", () => {
    const f = workerOf(
      "let n = 0; export const f = () => { const was = n; Promise.resolve().then(() => {}).then(() => { n += 1; }); return was; };",
    );
    expect([f(sampleEvent(1), sampleContext()), f(sampleEvent(1), sampleContext())]).toEqual([0, 1]);
  });
});
