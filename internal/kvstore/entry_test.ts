import { expect, test } from "bun:test";
import { newEntry } from "./entry.ts";

test("an entry without options never expires and answers without end", () => {
  expect(newEntry({ key: "a", value: 1, now: 7 })).toMatchObject({
    deadline: Number.POSITIVE_INFINITY,
    readsLeft: Number.POSITIVE_INFINITY,
    sliding: false,
    slot: -1,
  });
});

test("the deadline is put time and time to live", () => {
  expect(newEntry({ key: "a", value: 1, now: 7, ttlMs: 50, maxReads: 2, sliding: true })).toMatchObject({
    deadline: 57,
    readsLeft: 2,
    sliding: true,
  });
});
