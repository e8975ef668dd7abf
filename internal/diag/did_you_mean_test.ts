import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { didYouMean } from "./mod.ts";

const PRAGMAS = [
  "test:case",
  "test:runtime",
  "test:fixture",
  "test:kv",
  "test:skip",
  "test:assert",
  "test:expect_error",
];
const KEYS = ["pipeline", "input", "events", "expect_output", "output", "expect_error", "msg~", "timeout", "emit"];
const KV = ["ns", "put", "get", "expect", "ttl", "sliding", "max_reads", "capacity", "emit", "share"];

describe("didYouMean", () => {
  const slips: [word: string, candidates: string[], meant: string | undefined][] = [
    ["test:runtme", PRAGMAS, "test:runtime"],
    ["expect_outptu", KEYS, "expect_output"],
    ["merge.Windw", ["merge.Sort", "merge.Window", "merge.Watermark"], "merge.Window"],
    ["msg", KEYS, "msg~"],
    ["inptu", KEYS, "input"],
    ["Timeout", KEYS, "timeout"],
    ["PIPELINE", KEYS, "pipeline"],
    ["maxreads", KV, "max_reads"],
    ["tll", KV, "ttl"],
    ["InsufficentStock", ["Success", "InsufficientStock"], "InsufficientStock"],
    ["n", KV, "ns"],
    ["NS", KV, "ns"],
  ];
  for (const [word, candidates, meant] of slips) {
    test(`${word} was meant to be ${meant}`, () => {
      expect(didYouMean(word, candidates)).toBe(meant);
    });
  }

  test("a far word has no correction", () => {
    for (const word of ["banana", "x", "", "expectation_of_results", "日本語"])
      expect(didYouMean(word, KEYS)).toBeUndefined();
  });

  test("one letter is not corrected into another", () => {
    expect(didYouMean("x", ["y"])).toBeUndefined();
    expect(didYouMean("X", ["y", "x"])).toBe("x");
  });

  test("swapped neighbours are nearer than a wrong letter, a wrong case nearer than both", () => {
    expect(didYouMean("teh", ["ten", "the"])).toBe("the");
    expect(didYouMean("form", ["fork", "from"])).toBe("from");
    expect(didYouMean("Form", ["from", "form"])).toBe("form");
    expect(didYouMean("Abc", ["acb"])).toBe("acb");
  });

  test("of equally near ones it is the first by code unit, in any order of the candidates", () => {
    expect(didYouMean("cat", ["hat", "bat", "rat"])).toBe("bat");
    expect(didYouMean("cat", ["rat", "bat", "hat"])).toBe("bat");
  });

  test("the word itself corrects nothing", () => {
    expect(didYouMean("input", ["input"])).toBeUndefined();
    expect(didYouMean("input", ["input", "inputs"])).toBe("inputs");
  });

  test("no candidates, no correction", () => {
    expect(didYouMean("input", [])).toBeUndefined();
  });

  test("a word of 1 MB is answered at once", () => {
    expect(didYouMean("x".repeat(1_000_000), [...KEYS, "x".repeat(1_000_001)])).toBeUndefined();
  });

  test("one slip in a word of four letters or more is always found (property)", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), minLength: 4, maxLength: 12 });
    const slip = fc.constantFrom("insert", "delete", "replace", "swap");
    fc.assert(
      fc.property(word, slip, fc.nat(), (meant, kind, n) => {
        const i = n % (meant.length - 1);
        const [head, one, two, tail] = [meant.slice(0, i), meant.charAt(i), meant.charAt(i + 1), meant.slice(i + 2)];
        const written = {
          insert: `${head}x${one}${two}${tail}`,
          delete: `${head}${two}${tail}`,
          replace: `${head}x${two}${tail}`,
          swap: `${head}${two}${one}${tail}`,
        }[kind];
        fc.pre(written !== meant);
        expect(didYouMean(written, [meant, "zzzzzzzz"])).toBe(meant);
      }),
    );
  });

  test("the order of the candidates does not matter (property)", () => {
    const words = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "C", "c"), maxLength: 6 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 }), words, (word, candidates) => {
        const answer = didYouMean(word, candidates);
        expect([didYouMean(word, candidates.toReversed()), didYouMean(word, candidates.toSorted())]).toEqual([
          answer,
          answer,
        ]);
      }),
    );
  });
});
