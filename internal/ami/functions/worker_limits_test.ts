import { describe, expect, test } from "bun:test";
import type { Json } from "../../value/mod.ts";
import { WorkerFault } from "./worker.ts";
import { contextAt, eventOf, resultOf, run, workerOf } from "./worker_fixture.ts";
import { MAX_SIZE } from "./worker_limits.ts";

/** A string of 2^20 characters, the longest that there may be. */
const LONG = 's := "x"\nfor i := range 20 { s = s + s }\n';
/** A list of 2^20 elements, the longest that there may be. */
const LONG_LIST = `${LONG}l := split(substr(s, 1, 2000000), "x")\n`;

function after(body: string) {
  return resultOf(`func w(ev) any { ${body} }`);
}

describe("steps", () => {
  test.each([
    ["for i := range 100000 { }\nreturn 1", 1],
    ["for i := range 100001 { }\nreturn 1", "E_WORKER_BUDGET"],
    ["for i := 0; i < 100000; i++ { }\nreturn 1", 1],
    ["for { }\nreturn 1", "E_WORKER_BUDGET"],
    ["for i := range 300 { for j := range 333 { } }\nreturn 1", "E_WORKER_BUDGET"],
    ["for i := range 50000 { one() }\nreturn 1", 1],
    ["for i := range 50001 { one() }\nreturn 1", "E_WORKER_BUDGET"],
    ["for i := range 9007199254740991 { }\nreturn 1", "E_WORKER_BUDGET"],
  ])("%s: %p", (body, result) => {
    expect(resultOf(`func one() { }\nfunc w(ev) any { ${body} }`)).toBe(result);
  });

  test("are counted anew for every event", () => {
    const worker = workerOf("func w(ev) any { for i := range ev.payload { }\nreturn 1 }");
    const context = contextAt();
    expect(worker(eventOf(60_000), context)).toBe(1);
    expect(worker(eventOf(60_000), context)).toBe(1);
    expect(worker(eventOf(160_000), context)).toBeInstanceOf(WorkerFault);
    expect(worker(eventOf(100_000), context)).toBe(1);
  });
});

describe("calls", () => {
  const down = "func down(n) any { if n == 0 { return 0 }\nreturn 1 + down(n - 1) }\n";

  test("go 200 deep", () => {
    expect(resultOf(`${down}func w(ev) any { return down(199) }`)).toBe(199);
    expect(resultOf(`${down}func w(ev) any { return down(200) }`)).toBe("E_WORKER_DEPTH");
    expect(resultOf(`${down}func w(ev) any { for i := range 300 { down(150) }\nreturn 1 }`)).toBe(1);
  });

  test("from deep inside of expressions and blocks end before the engine's stack does", () => {
    const nested = (open: string, close: string) => `${open.repeat(60)}f(n + 1)${close.repeat(60)}`;
    const bodies = [
      `return ${nested("1 + (", ")")}`,
      `return ${nested("[", "]")}`,
      `return ${nested("append([], ", ")")}`,
      `${"for i := range [1] {\n".repeat(60)} f(n)${"\n}".repeat(60)}\nreturn 1`,
      `${"switch 1 { case 1:\n".repeat(60)} f(n)${"\n}".repeat(60)}\nreturn 1`,
    ];
    for (const body of bodies) {
      expect(resultOf(`func f(n) any { ${body} }\nfunc w(ev) any { return f(0) }`)).toBe("E_WORKER_DEPTH");
    }
  });

  test("may be written as a chain of any length", () => {
    const chain = Array.from(
      { length: 5000 },
      (_, at) => `func f${at}(x) any { return ${at < 150 ? `f${at + 1}(x)` : "x"} }`,
    );
    expect(resultOf(`${chain.join("\n")}\nfunc w(ev) any { return f0(7) }`)).toBe(7);
  });
});

describe("size of strings", () => {
  test.each([
    [`${LONG}return len(s)`, MAX_SIZE],
    [`${LONG}return s + "x"`, "E_WORKER_SIZE"],
    [`${LONG}s += "x"`, "E_WORKER_SIZE"],
    ['s := "😀"\nfor i := range 20 { s = s + s }\nreturn len(s)', MAX_SIZE],
    ['s := "😀"\nfor i := range 21 { s = s + s }', "E_WORKER_SIZE"],
    ['s := "x"\nfor { s = s + s }', "E_WORKER_SIZE"],
    [`${LONG}return replace(s, "x", "xx")`, "E_WORKER_SIZE"],
    [`${LONG}return replace(s, "x", s)`, "E_WORKER_SIZE"],
    [`${LONG}return len(replace(s, "xx", "y"))`, MAX_SIZE / 2],
    [`${LONG}return join([s, s], "")`, "E_WORKER_SIZE"],
    [`${LONG}return upper(replace(s, "x", "ß"))`, "E_WORKER_SIZE"],
    [`${LONG}return str([s])`, "E_WORKER_SIZE"],
    [`${LONG}ev.payload.s = s\nreturn len(ev.payload.s)`, MAX_SIZE],
  ])("%s: %p", (body, result) => {
    expect(after(body.includes("return") ? body : `${body}\nreturn 1`)).toBe(result);
  });
});

describe("size of lists and maps", () => {
  test.each([
    [`${LONG_LIST}return len(l)`, MAX_SIZE],
    [`${LONG_LIST}return append(l, 1)`, "E_WORKER_SIZE"],
    [`${LONG_LIST}l = append(l, 1)`, "E_WORKER_SIZE"],
    [`${LONG}return split(s, "x")`, "E_WORKER_SIZE"],
    [`${LONG_LIST}return [l]`, "E_WORKER_SIZE"],
    [`${LONG_LIST}return str(l)`, "E_WORKER_SIZE"],
  ])("%s: %p", (body, result) => {
    expect(after(body.includes("return") ? body : `${body}\nreturn 1`)).toBe(result);
  });

  test("a map that comes in full takes no entry more", () => {
    const full: { [key: string]: Json } = {};
    for (let at = 0; at < MAX_SIZE; at++) full[`k${at}`] = 0;
    const fault = run("func w(ev) any { ev.payload.k5 = 1\nev.payload.new = 1\nreturn ev }", full);
    expect(fault).toEqual(new WorkerFault("E_WORKER_SIZE", "a map has more than 1048576 entries (t.ami:3)"));
  }, 30_000);
});

describe("size of what is nested", () => {
  test.each([
    ["x := [1]\nfor i := range 64 { x = [x, x] }", "E_WORKER_SIZE"],
    ["x := [1]\nfor i := range 64 { x = append(x, x) }", "E_WORKER_SIZE"],
    ['m := map{}\nfor i := range 64 { m = map{"a": m, "b": m} }', "E_WORKER_SIZE"],
    ["m := map{}\nfor i := range 64 { m.a = m\nm.b = m }", "E_WORKER_SIZE"],
    ["x := [1]\nfor i := range 300 { x = [x] }", "E_WORKER_SIZE"],
    ["x := [1]\nfor i := range 255 { x = [x] }", 1],
    ['m := map{}\nfor i := range 300 { m = map{"m": m} }', "E_WORKER_SIZE"],
    [`${LONG}l := []\nfor i := range 100 { l = append(l, s) }`, "E_WORKER_SIZE"],
    [`${LONG}m := map{}\nfor i := range 100 { m[substr(s, i, 1000000)] = 1 }`, "E_WORKER_SIZE"],
  ])("%s: %p", (body, result) => {
    expect(after(`${body}\nreturn 1`)).toBe(result);
  });

  test("is told at the latest when it leaves", () => {
    const row = `map{${Array.from({ length: 30 }, (_, at) => `"k${at}": ${at}`).join(", ")}}`;
    expect(after(`l := []\nfor i := range 36000 { l = append(l, ${row}) }\nreturn len(l)`)).toBe(36_000);
    expect(after(`l := []\nfor i := range 36000 { l = append(l, ${row}) }\nreturn l`)).toBe("E_WORKER_SIZE");
    expect(after(`x := [1]\nfor i := range 255 { x = [x] }\nreturn x`)).not.toBe("E_WORKER_SIZE");
    expect(after(`x := [1]\nfor i := range 255 { x = [x] }\nreturn [x]`)).toBe("E_WORKER_SIZE");
    expect(after(`x := [1]\nfor i := range 255 { x = [x] }\nstate.set("x", [x])\nreturn 1`)).toBe("E_WORKER_SIZE");
  });

  test("a payload that comes in too large is passed on as it is", () => {
    const huge = Array.from({ length: 3 }, () => new Array(500_000).fill(0));
    expect(run("func w(ev) any { return ev }", huge)).toBe(huge);
  });
});

describe("work that no step counts", () => {
  test.each(['index(s, "y")', "s == t", "startsWith(s, t)", "state.has(s)", "m[s]"])("%s in a loop ends", (expr) => {
    const loop = `t := lower(s)\nm := map{}\nfor i := range 100000 { u := ${expr} }\nreturn 1`;
    expect(after(`${LONG}${loop}`)).toBe("E_WORKER_BUDGET");
  });
});

describe("what grows in a loop takes time in proportion", () => {
  // The bound on work tells: with a copy at every turn these would go over five thousand million elements.
  test.each([
    ["l := []\nfor i := range 100000 { l = append(l, i) }\nreturn len(l)", 100_000],
    ["for i := range 100000 { ev.payload.a.l = append(ev.payload.a.l, i) }\nreturn len(ev.payload.a.l)", 100_000],
    ["l := [0]\nfor i := range 50000 { l = append(l, i)\nl[0] = i\nl[len(l) - 1] += 1 }\nreturn len(l)", 50_001],
    ['m := map{}\nfor i := range 50000 { m["k" + str(i)] = i }\nreturn m.k49999', 49_999],
    ['for i := range 20000 { ev.payload.m["k" + str(i)] = [i] }\nreturn ev.payload.m.k7', [7]],
    [
      'g := map{}\nfor i := range 60000 { k := "k" + str(i % 100)\nif !has(g, k) { g[k] = [] }\ng[k] = append(g[k], i) }\nreturn len(g.k0)',
      600,
    ],
    [
      'g := map{}\nfor i := range 60000 { k := "k" + str(i % 100)\nc := get(g, k, map{"n": 0})\nc.n += 1\ng[k] = c }\nreturn g.k99',
      { n: 600 },
    ],
    ['s := ""\nfor len(s) < 100000 { s += "x" }\nreturn len(s)', 100_000],
    ['s := "😀"\nfor len(s) < 50000 { s = s + "😀" }\nreturn len(s)', 50_000],
  ])("%s", (body, result) => {
    expect(resultOf(`func w(ev) any { ${body} }`, { a: { l: [] }, m: {} })).toEqual(result);
  });
});
