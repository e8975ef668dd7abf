import { expect, test } from "bun:test";
import { SendQueue } from "./send_queue.ts";

test("what is not taken at once goes later, in order, and is awaited", async () => {
  let room = 3;
  let written = "";
  const queue = new SendQueue((bytes) => {
    const taken = bytes.subarray(0, room);
    written += Buffer.from(taken).toString();
    room -= taken.length;
    return taken.length;
  });
  const done: string[] = [];
  expect(queue.send(Buffer.from("ab"))).toBeUndefined();
  queue.send(Buffer.from("cde"))?.then(() => done.push("cde"));
  queue.send(Buffer.from("f"))?.then(() => done.push("f"));
  expect(written).toBe("abc");
  room = 2;
  queue.drain();
  await null;
  expect([written, done, queue.isEmpty]).toEqual(["abcde", ["cde"], false]);
  queue.drop();
  await null;
  expect([done, queue.isEmpty]).toEqual([["cde", "f"], true]);
});
