import { expect, test } from "bun:test";
import { Partition } from "./held_event.ts";
import { Partitions } from "./partitions.ts";

function three() {
  const partitions = new Partitions<{ payload: null }>((index, identity) => new Partition(index, identity));
  return { partitions, all: ["x", "y", "z"].map((value) => partitions.add(value)) };
}

test("the first empty one is the one that was created first, not the one that was emptied first", () => {
  const { partitions, all } = three();
  for (const partition of all) partition.held = 1;
  expect(partitions.firstEmpty()).toBeUndefined();
  for (const partition of all.toReversed()) {
    partition.held = 0;
    partitions.emptied(partition);
  }
  expect(partitions.firstEmpty()?.identity).toBe("x");
});

test("a value that was forgotten gets a new partition behind the others", () => {
  const { partitions, all } = three();
  for (const partition of all.slice(0, 1)) partitions.forget(partition);
  expect([partitions.size, partitions.find("x"), partitions.first?.identity]).toEqual([2, undefined, "y"]);
  expect(partitions.add("x").index).toBe(3);
  expect(partitions.firstEmpty()?.identity).toBe("y");
});
