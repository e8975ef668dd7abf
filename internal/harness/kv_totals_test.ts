import { expect, test } from "bun:test";
import type { StoreState } from "../kvstore/mod.ts";
import { KvTotals, qualifiedKey } from "./kv_totals.ts";

function state(ns: string, keys: string[], hits: number): StoreState {
  const metrics = { currentSize: keys.length, evictions: 0, expirations: 0, hits, misses: 1 };
  return { ns, metrics, dump: { keys, size: keys.length } };
}

test("counters are summed, keys are a sorted set under their namespaces", () => {
  const totals = new KvTotals();
  totals.add(state("P/step", ["x"], 1));
  totals.add(state("P/step", ["x", "y"], 2));
  totals.add(state("", ["z", "A"], 4));
  expect(totals.metrics()).toEqual({ currentSize: 5, evictions: 0, expirations: 0, hits: 7, misses: 3 });
  expect(totals.dump()).toEqual({ keys: ["A", "P/step/x", "P/step/y", "z"], size: 4 });
});

test("a shared store counts once, as it was last", () => {
  const totals = new KvTotals();
  totals.add(state("s", ["gone"], 1), "a_test.ami s");
  totals.add(state("s", ["kept"], 5), "a_test.ami s");
  totals.add(state("s", ["other"], 2), "b_test.ami s");
  expect(totals.metrics()).toMatchObject({ hits: 7, currentSize: 2 });
  expect(totals.dump().keys).toEqual(["s/kept", "s/other"]);
});

test("without any store there are zeros and no keys", () => {
  const totals = new KvTotals();
  expect(totals.metrics()).toEqual({ currentSize: 0, evictions: 0, expirations: 0, hits: 0, misses: 0 });
  expect(totals.dump()).toEqual({ keys: [], size: 0 });
});

test("a key of the default store stands without a namespace", () => {
  expect([qualifiedKey("", "k"), qualifiedKey("p/n", "k")]).toEqual(["k", "p/n/k"]);
});
