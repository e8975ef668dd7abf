import { afterAll, describe, expect, test } from "bun:test";
import { wall } from "../world/mod.ts";
import {
  answered,
  answerOf,
  closeHandlers,
  handlerModule,
  handlersOf,
  late,
  SampleDb,
  sampleCall,
} from "./sample_handlers.ts";

afterAll(closeHandlers);

/** A promise of some ms. */
const SLEEP = "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));";
/** Holds the thread for some ms. */
const HOLD = "const hold = (ms) => { const end = Date.now() + ms; while (Date.now() < end); };";

describe("the time limit of a handler", () => {
  test("judges one that returns when it does (scenarios row 41)", () => {
    const hold = `${HOLD} export const f = (_, { db }) => { hold(60); db.run("late"); return 1; };`;
    const db = new SampleDb();
    expect(answerOf(hold, { timeoutMs: 30, db })).toEqual(late(30));
    expect(db.asked).toHaveLength(1);
    expect(answerOf(hold, { timeoutMs: 5_000 })).toEqual(answered(1));
    expect(answerOf(`${HOLD} export const f = () => { hold(60); throw 1; };`, { timeoutMs: 30 })).toEqual(late(30));
  });

  test("ends one that promised, whose ctx is then revoked, and whose answer is dropped (scenarios row 41)", () => {
    const handlers = handlersOf();
    const module = handlerModule(`${SLEEP}
      let seen = [];
      export const f = async (_, ctx) => {
        const { db, rng, clock } = ctx;
        await sleep(60);
        for (const use of [() => db.run("late"), () => ctx.db, () => ctx.seq, () => rng.next(), () => clock.now()]) {
          try { use(); seen.push("worked"); } catch (error) { seen.push(error.message); }
        }
        return "late answer";
      };
      export const g = async () => { while (seen.length < 5) await sleep(5); return seen; };`);
    const db = new SampleDb();
    const start = wall.monotonicMs();
    expect(handlers.call(sampleCall(module, { timeoutMs: 30 }), db)).toEqual(late(30));
    expect(wall.monotonicMs() - start).toBeGreaterThanOrEqual(30);
    const revoked = "ctx cannot be used after the call that it was made for has ended";
    expect(handlers.call(sampleCall(module, { name: "g" }), db)).toEqual(answered(new Array(5).fill(revoked)));
    expect(db.asked).toEqual([]);
  });

  test("counts also where a continuation holds the thread over it", () => {
    const text = `${SLEEP} ${HOLD} export const f = async (_, { db }) => { await sleep(5); hold(60); db.run("late"); };`;
    const db = new SampleDb();
    expect(answerOf(text, { timeoutMs: 30, db })).toEqual(late(30));
    expect(db.asked).toEqual([]);
  });

  test("does not count the loading of a module", () => {
    expect(answerOf(`${HOLD} hold(60); export const f = () => 1;`, { timeoutMs: 30 })).toEqual(answered(1));
  });

  test("gives the next call to whoever comes, whatever the late one does", () => {
    const handlers = handlersOf();
    const module = handlerModule(`${SLEEP}
      export const f = async () => { await sleep(40); console.log("late"); throw new Error("late"); };
      export const g = async (args) => { await sleep(60); return args; };`);
    expect(handlers.call(sampleCall(module, { timeoutMs: 20 }), new SampleDb())).toEqual(late(20));
    expect(handlers.call(sampleCall(module, { name: "g", args: { n: 1 } }), new SampleDb())).toEqual(
      answered({ n: 1 }),
    );
  });
});
