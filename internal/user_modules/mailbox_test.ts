import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Mailbox, mailboxMemory, OutOfPatience, ThreadEnded } from "./mailbox.ts";

function pair(patience?: () => number): { thread: Mailbox; caller: Mailbox } {
  const memory = mailboxMemory();
  return { thread: new Mailbox(memory, "thread"), caller: new Mailbox(memory, "caller", patience) };
}

describe("a mailbox", () => {
  test("carries letters to and fro, the thread first", () => {
    const { thread, caller } = pair();
    thread.send(1);
    expect(caller.receive()).toEqual({ kind: 1, arg: 0, split: 0, text: "" });
    caller.send(3, '{"k":1}[2]', 17, 7);
    expect(thread.receive()).toEqual({ kind: 3, arg: 17, split: 7, text: '{"k":1}[2]' });
  });

  test("carries any well-formed text as it is", () => {
    const { thread, caller } = pair();
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        thread.send(1, text);
        expect(caller.receive().text).toBe(text);
        caller.send(2, text);
        expect(thread.receive().text).toBe(text);
      }),
    );
  });

  test("does not wait longer than the patience", () => {
    const { caller } = pair(() => 0);
    expect(() => caller.receive()).toThrow(OutOfPatience);
  });

  test("asks for patience at every wait, until there is none", () => {
    let left = 3;
    const { caller } = pair(() => left--);
    expect(() => caller.receive()).toThrow(OutOfPatience);
    expect(left).toBeLessThan(0);
  });

  test("says that the thread has ended, whoever has the turn", () => {
    const waiting = pair();
    waiting.thread.abandon();
    expect(() => waiting.caller.receive()).toThrow(ThreadEnded);

    const { thread, caller } = pair();
    thread.send(1);
    caller.receive();
    thread.abandon();
    caller.send(2, "nobody reads it");
    expect(() => caller.receive()).toThrow(ThreadEnded);
  });
});
