import { expect, test } from "bun:test";
import { parseShard } from "./shard.ts";

test("a shard is I of N, from 1", () => {
  expect(parseShard("2/3")).toEqual({ index: 2, count: 3 });
  expect(parseShard("1/1")).toEqual({ index: 1, count: 1 });
  for (const text of ["0/3", "4/3", "1/0", "1", "1/2/3", "-1/2", "1.0/2", " 1/2", "a/b", "9999999999/9999999999", ""]) {
    expect(parseShard(text)).toBeUndefined();
  }
});
