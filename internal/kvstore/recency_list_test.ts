import { expect, test } from "bun:test";
import { type Entry, newEntry } from "./entry.ts";
import { RecencyList } from "./recency_list.ts";

function listOf(text: string): { list: RecencyList; entry: (key: string) => Entry } {
  const list = new RecencyList();
  const entries = new Map([...text].map((key) => [key, newEntry({ key, value: null, now: 0 })]));
  for (const one of entries.values()) list.append(one);
  return {
    list,
    entry: (key) => {
      const found = entries.get(key);
      if (found === undefined) throw new Error(`no entry ${key}`);
      return found;
    },
  };
}

/** The keys from both ends: both directions must tell the same. */
function keys(list: RecencyList): string {
  const forward: string[] = [];
  for (let one = list.oldest; one !== undefined; one = one.newer) forward.push(one.key);
  const backward: string[] = [];
  for (let one = list.newest; one !== undefined; one = one.older) backward.push(one.key);
  expect(backward.reverse()).toEqual(forward);
  return forward.join("");
}

test("entries stand in the order in which they were appended", () => {
  expect(keys(listOf("abc").list)).toBe("abc");
});

test("the first, a middle and the last one can be taken out", () => {
  for (const [key, rest] of [
    ["a", "bc"],
    ["b", "ac"],
    ["c", "ab"],
  ] as const) {
    const { list, entry } = listOf("abc");
    list.remove(entry(key));
    expect(keys(list)).toBe(rest);
  }
});

test("what was taken out goes back where it stood", () => {
  for (const key of "abc") {
    const { list, entry } = listOf("abc");
    const after = list.remove(entry(key));
    list.insertAfter(after, entry(key));
    expect(keys(list)).toBe("abc");
  }
});

test("a list that was emptied is empty at both ends", () => {
  const { list, entry } = listOf("a");
  list.remove(entry("a"));
  expect([list.oldest, list.newest]).toEqual([undefined, undefined]);
});
