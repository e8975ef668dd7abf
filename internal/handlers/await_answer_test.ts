import { afterAll, describe, expect, test } from "bun:test";
import { wall } from "../world/mod.ts";
import { awaitAnswer } from "./await_answer.ts";
import type { HandlerThreads } from "./handler_threads.ts";
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

describe("an answer that is awaited", () => {
  /** A line that counts the beats. */
  const lineOf = () => ({
    beats: 0,
    beatMs: 1,
    beat(): void {
      this.beats += 1;
    },
  });
  const soon = (ms: number) => wall.monotonicMs() + ms;

  test("costs nothing if it waits for nothing but other promises", async () => {
    const line = lineOf();
    const chain = Promise.resolve(1).then((n) => Promise.resolve(n + 1));
    expect(await awaitAnswer(chain, soon(1_000), line)).toEqual({ answer: 2 });
    expect(await awaitAnswer(Promise.reject(3), soon(1_000), line)).toEqual({ thrown: 3 });
    expect(line.beats).toBe(0);
  });

  test("shows signs of life until it comes, or time is over", async () => {
    const line = lineOf();
    const pending = new Promise<string>((resolve) => {
      line.beat = () => {
        line.beats += 1;
        if (line.beats === 3) resolve("come");
      };
    });
    expect(await awaitAnswer(pending, soon(5_000), line)).toEqual({ answer: "come" });
    expect(line.beats).toBe(3);
    expect(await awaitAnswer(new Promise(() => undefined), soon(3), lineOf())).toBeUndefined();
  });
});

describe("the watchdog", () => {
  const hang = {
    kind: "fault" as const,
    code: "E_WORKER_HANG" as const,
    message: "the handler f of h.ts has not returned after 100 ms",
  };
  const watched = (): HandlerThreads => handlersOf({ watchdogMs: 100 });

  test.each([
    ["at once", "export const f = () => { for (;;); };"],
    ["after it waited", `${SLEEP} export const f = async () => { await sleep(30); for (;;); };`],
    ["in a timer", "export const f = () => new Promise(() => setTimeout(() => { for (;;); }, 5));"],
    ["in promises", "const again = () => Promise.resolve().then(again); export const f = () => again();"],
  ])("ends a handler that holds its thread %s, and the next call works (scenarios row 41)", (_, text) => {
    const handlers = watched();
    const module = handlerModule(`${text} export const g = () => 1;`);
    expect(handlers.call(sampleCall(module), new SampleDb())).toEqual(hang);
    expect(answerOf("export const f = () => 1;", { handlers })).toEqual(answered(1));
  });

  test("ends a module that holds its thread while it loads", () => {
    const message = hang.message.replace("the handler f of h.ts has not returned", "h.ts has not loaded");
    expect(answerOf("for (;;); export const f = () => 1;", { handlers: watched() })).toEqual({ ...hang, message });
  });

  test("is not met by a handler that waits, however long", () => {
    const text = `${SLEEP} export const f = async () => { await sleep(450); return "woken"; };`;
    // Longer than the others', because a busy machine may hold up a thread, too.
    expect(answerOf(text, { handlers: handlersOf({ watchdogMs: 200 }) })).toEqual(answered("woken"));
  });

  test("leaves a promise that never comes to the time limit", () => {
    const text = "export const f = () => new Promise(() => {});";
    expect(answerOf(text, { handlers: watched(), timeoutMs: 250 })).toEqual(late(250));
  });
});
