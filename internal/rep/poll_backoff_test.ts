import { expect, test } from "bun:test";
import { PollBackoff } from "./poll_backoff.ts";

test("waits double from 1 ms to 50 ms, and begin again with news (flows §13, Run)", () => {
  const backoff = new PollBackoff();
  const quiet = Array.from({ length: 8 }, () => backoff.after(false));
  expect(quiet).toEqual([1, 2, 4, 8, 16, 32, 50, 50]);
  expect([backoff.after(true), backoff.after(false), backoff.after(false)]).toEqual([1, 2, 4]);
});

test("an executor may ask for a wait of up to a second", () => {
  const backoff = new PollBackoff();
  expect([
    backoff.after(false, 300),
    backoff.after(false, 5000),
    backoff.after(false, 0),
    backoff.after(false, null),
  ]).toEqual([300, 1000, 0, 8]);
});
