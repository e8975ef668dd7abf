import { expect, test } from "bun:test";
import { Registry } from "./registry.ts";
import type { Store } from "./store.ts";

const still = { now: () => 0 };

test("a namespace is one store, and another than every other", () => {
  const registry = new Registry(still);
  registry.store("x").put("a", 1);
  expect(registry.store("x").get("a")).toBe(1);
  expect(registry.store("y").get("a")).toBeUndefined();
  expect(registry.store().has("a")).toBe(false);
  expect(registry.store()).toBe(registry.store(""));
});

test("namespaces are sorted by UTF-16 code unit", () => {
  const registry = new Registry(still);
  for (const ns of ["b", "a/b", "", "B"]) registry.store(ns);
  expect(registry.namespaces()).toEqual(["", "B", "a/b", "b"]);
});

test("two registries share nothing, so that each case has its own stores (T124)", () => {
  const counted = [new Registry(still), new Registry(still)].map((registry) => {
    const store = registry.store("x");
    store.put("a", "1");
    store.get("a");
    store.get("zz");
    return registry.states();
  });
  const metrics = { currentSize: 1, evictions: 0, expirations: 0, hits: 1, misses: 1 };
  const state = [{ ns: "x", metrics, dump: { keys: ["a"], size: 1 } }];
  expect(counted).toEqual([state, state]);
});

/** A store that a case left behind at 30 ms, with 20 ms to live for `a`. */
function leftBehind(): Store {
  let ms = 0;
  const store = new Registry({ now: () => ms }).store("p/n");
  store.put("a", "1", { ttlMs: 50 });
  ms = 30;
  store.get("a");
  return store;
}

test("an inherited store goes on counting, with what was left of its times to live (T144)", () => {
  let ms = 0;
  const registry = new Registry({ now: () => ms }, leftBehind);
  expect(registry.namespaces()).toEqual([]);
  const store = registry.store("p/n");
  expect(registry.namespaces()).toEqual(["p/n"]);
  ms = 20;
  store.get("a");
  expect(store.metrics()).toEqual({ currentSize: 0, evictions: 0, expirations: 1, hits: 1, misses: 1 });
});

test("the time of a case passes for an inherited store before the case asks for it", () => {
  for (const [asked, live] of [
    [19, true],
    [20, false],
  ] as const) {
    let ms = 0;
    const registry = new Registry({ now: () => ms }, leftBehind);
    ms = asked;
    expect(registry.store("p/n").has("a")).toBe(live);
  }
});

test("a registry that starts late does not count the time before its start", () => {
  let ms = 1000;
  const registry = new Registry({ now: () => ms }, leftBehind);
  ms = 1019;
  expect(registry.store("p/n").has("a")).toBe(true);
  ms = 1020;
  expect(registry.store("p/n").has("a")).toBe(false);
});

test("a namespace that nothing was left for starts empty", () => {
  const registry = new Registry(still, (ns) => (ns === "p/n" ? leftBehind() : undefined));
  expect(registry.store("p/n").count()).toBe(1);
  expect(registry.store("q/n").count()).toBe(0);
  expect(registry.store("p/n")).toBe(registry.store("p/n"));
});
