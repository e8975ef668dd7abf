import { describe, expect, test } from "bun:test";
import type { Json } from "../../value/mod.ts";
import { resultOf } from "./worker_fixture.ts";

function after(body: string, payload: Json = {}): Json {
  return resultOf(`func w(ev) any { ${body} }`, payload);
}

describe("variables", () => {
  test("are nil until they are assigned", () => {
    expect(after("var x\nvar y int = 2\nlet z = 3\nreturn [x, y, z]")).toEqual([null, 2, 3]);
  });

  test("of an inner block hide those outside", () => {
    expect(after("x := 1\nif true { x := 2\nx = 3 }\n{ var x = 9 }\nreturn x")).toBe(1);
    expect(after("x := 1\nif true { x = 2 }\nreturn x")).toBe(2);
    expect(after("x := 1\nif true { x := x + 1\nev.payload.inner = x }\nreturn [x, ev.payload.inner]")).toEqual([1, 2]);
    expect(after("x := 1\nif x := 5; x > 4 { ev.payload.y = x }\nreturn [x, ev.payload.y]")).toEqual([1, 5]);
  });

  test("are new at every turn of a loop", () => {
    expect(after("l := []\nfor i := range 3 { var x\nl = append(l, x)\nx = i }\nreturn l")).toEqual([null, null, null]);
  });

  test("defined again in the same block are assigned", () => {
    expect(after("a, x := 1, 2\nb, x := 3, 4\nreturn [a, b, x]")).toEqual([1, 3, 4]);
  });
});

describe("several at once", () => {
  test("are assigned after all are evaluated", () => {
    expect(after("a, b := 1, 2\na, b = b, a\nreturn [a, b]")).toEqual([2, 1]);
    expect(after("l := [1, 2, 3]\ni := 0\ni, l[i] = 2, 9\nreturn [i, l]")).toEqual([2, [9, 2, 3]]);
    expect(after("l := [1, 2]\nl[0], l[1] = l[1], l[0]\nreturn l")).toEqual([2, 1]);
    expect(after("a, b := 1, 2\na, b += b, a\nreturn [a, b]")).toEqual([3, 3]);
  });

  test("take the values of a call; what it leaves out is nil", () => {
    const declared = "func two(x) (any, any) { if x { return 1 }\nreturn 1, 2 }\n";
    expect(
      resultOf(`${declared}func w(ev) any { a, b := two(false)\nc, d := two(true)\nreturn [a, b, c, d] }`),
    ).toEqual([1, 2, 1, null]);
    expect(resultOf(`${declared}func w(ev) any { _, b := two(false)\nx := two(false)\nreturn [b, x] }`)).toEqual([
      2, 1,
    ]);
    expect(resultOf(`${declared}func w(ev) any { m := map{}\nm.a, m["b"] = two(false)\nreturn m }`)).toEqual({
      a: 1,
      b: 2,
    });
  });
});

describe("through a path", () => {
  test.each<[string, Json, Json]>([
    ["ev.payload.a.b = 1", { k: 1 }, { k: 1, a: { b: 1 } }],
    ['ev.payload["c"]["d"] = [1]', { c: null }, { c: { d: [1] } }],
    ["ev.payload.l[1].x = 5", { l: [1, { y: 2 }] }, { l: [1, { y: 2, x: 5 }] }],
    ["ev.payload.l[0].x = 5", { l: [null] }, { l: [{ x: 5 }] }],
    ["ev.payload.l[0] = nil", { l: [1] }, { l: [null] }],
    ["ev.payload = 5", {}, 5],
    ["ev.payload.x = 5", null, { x: 5 }],
    ["ev.payload.k += 1", { k: 1 }, { k: 2 }],
    ['ev.payload.k += "b"', { k: "a" }, { k: "ab" }],
    ["ev.payload.k -= 1", { k: 1 }, { k: 0 }],
    ["ev.payload.k *= 3", { k: 2 }, { k: 6 }],
    ["ev.payload.k /= 2", { k: 1 }, { k: 0.5 }],
    ["ev.payload.k %= 3", { k: 5 }, { k: 2 }],
    ["ev.payload.k++", { k: 1 }, { k: 2 }],
    ["ev.payload.l[0]--", { l: [1] }, { l: [0] }],
    ["ev.payload.a, ev.payload.b = 1, 2", {}, { a: 1, b: 2 }],
    ["ev.payload.self = ev.payload", { a: 1 }, { a: 1, self: { a: 1 } }],
  ])("%s", (statement, payload, result) => {
    const before = structuredClone(payload);
    expect(after(`${statement}\nreturn ev`, payload)).toEqual(result);
    expect(payload).toEqual(before);
  });

  test.each<[string, string]>([
    ["ev.payload.l[1] = 1", "E_WORKER_INDEX"],
    ["ev.payload.l[-1] = 1", "E_WORKER_INDEX"],
    ['ev.payload.l["0"] = 1', "E_WORKER_TYPE"],
    ["ev.payload.l.x = 1", "E_WORKER_TYPE"],
    ["ev.payload.s.x = 1", "E_WORKER_TYPE"],
    ["ev.payload.s.x.y = 1", "E_WORKER_TYPE"],
    ["ev.payload[0] = 1", "E_WORKER_TYPE"],
    ["ev.payload.new[0] = 1", "E_WORKER_TYPE"],
    ['ev.id = "x"', "E_WORKER_TYPE"],
    ["ev.time += 1", "E_WORKER_TYPE"],
    ["ev.trace.x = 1", "E_WORKER_TYPE"],
    ["ev.other = 1", "E_WORKER_TYPE"],
    ["ev.payload = ev", "E_WORKER_TYPE"],
    ["ev.payload.e = ev", "E_WORKER_TYPE"],
    ['ev.payload.e = error("x")', "E_WORKER_TYPE"],
    ['e := error("x")\ne.code = "y"', "E_WORKER_TYPE"],
    ["ev.payload.none++", "E_WORKER_TYPE"],
    ["ev.payload.s++", "E_WORKER_TYPE"],
    ['x := "s"\nx.y = 1', "E_WORKER_TYPE"],
  ])("%s is %s", (statement, code) => {
    expect(after(`${statement}\nreturn ev`, { l: [1], s: "text" })).toBe(code);
  });

  test("a variable that is nil becomes a map", () => {
    expect(after('var m\nm["a"].b = 1\nreturn m')).toEqual({ a: { b: 1 } });
  });
});

describe("what was assigned, passed, returned or stored is a copy", () => {
  const put = "func put(m) any { m.x = 1\nreturn m }\n";

  test.each<[string, Json]>([
    ["a := [1]\nb := a\nb[0] = 2\nreturn [a, b]", [[1], [2]]],
    ["a := [1]\nb := a\na[0] = 2\nreturn [a, b]", [[2], [1]]],
    ["a := [1]\na[0] = 2\nb := a\na[0] = 3\nb[0] = 4\nreturn [a, b]", [[3], [4]]],
    ["a := [1]\nb := [a, a]\na[0] = 2\nb[0][0] = 3\nreturn [a, b]", [[2], [[3], [1]]]],
    ["a := map{}\na.x = map{}\nb := a.x\na.x.y = 1\nb.y = 2\nreturn [a, b]", [{ x: { y: 1 } }, { y: 2 }]],
    ["a := map{}\na.x.y = 1\nb := a\na.x.y = 2\nreturn [a, b]", [{ x: { y: 2 } }, { x: { y: 1 } }]],
    [
      "a := map{}\na.x.y = 1\nb := a\nb.z = 1\na.x.y = 2\nb.x.y = 3\nreturn [a, b]",
      [{ x: { y: 2 } }, { x: { y: 3 }, z: 1 }],
    ],
    ["a := map{}\na.x.y = 1\nb := append([], a)\nb[0].x.y = 2\nreturn [a, b]", [{ x: { y: 1 } }, [{ x: { y: 2 } }]]],
    [
      "a := [[0], 1]\na[0][0] = 1\nb := a\na[1] = 5\na[0][0] = 9\nreturn [a, b]",
      [
        [[9], 5],
        [[1], 1],
      ],
    ],
    ["a := [[0]]\na[0][0] = 1\nfor i, x := range a { x[0] = 2 }\nreturn a", [[1]]],
    ['a := map{"x": [0]}\na.x[0] = 1\nfor k, x := range a { x[0] = 2 }\nreturn a', { x: [1] }],
    ["a := [[0]]\na[0][0] = 1\nfor i, x := range a { x[0] = 2\na[0][0] = 3 }\nreturn a", [[3]]],
    ["a := [[0]]\na[0][0] = 1\nb := append(a, 1)\na[0][0] = 2\nb[0][0] = 3\nreturn [a, b]", [[[2]], [[3], 1]]],
    [
      "a := [1]\na = append(a, 2)\nb := a\na = append(a, 3)\nb = append(b, 4)\nreturn [a, b]",
      [
        [1, 2, 3],
        [1, 2, 4],
      ],
    ],
    ["a := [1]\na = append(a, a)\na = append(a, a)\na[1][0] = 9\nreturn a", [1, [9], [1, [1]]]],
    ["a := map{}\na.l = []\na.l = append(a.l, 1)\nb := a.l\na.l = append(a.l, 2)\nreturn [a, b]", [{ l: [1, 2] }, [1]]],
    ["a := map{}\na.x = 1\na.self = a\na.self.x = 2\nreturn a", { x: 1, self: { x: 2 } }],
    ["p := ev.payload\np.x = 1\nreturn [p, ev.payload]", [{ x: 1 }, {}]],
    ["e := ev\ne.payload.x = 1\nreturn [e.payload, ev.payload]", [{ x: 1 }, {}]],
    [
      "ev.payload.x = 1\ne := ev\ne.payload.x = 2\nev.payload.y = 3\nreturn [e.payload, ev.payload]",
      [{ x: 2 }, { x: 1, y: 3 }],
    ],
    [
      "ev.payload.x.y = 1\nq := ev.payload\nq.x.y = 2\nev.payload.x.z = 3\nreturn [q, ev.payload]",
      [{ x: { y: 2 } }, { x: { y: 1, z: 3 } }],
    ],
    [
      "a := [put(map{})]\nb := append(a, 1)\na[0].self = a\nreturn [a, b]",
      [[{ x: 1, self: [{ x: 1 }] }], [{ x: 1 }, 1]],
    ],
    ['a := map{"p": put(map{})}\nb := a\nb.q = 1\na.p.x = 2\nreturn [a, b]', [{ p: { x: 2 } }, { p: { x: 1 }, q: 1 }]],
    ["m := map{}\nn := put(m)\nreturn [m, n]", [{}, { x: 1 }]],
    [
      "m := map{}\nm.a = 1\nn := put(m)\nm.b = 2\nreturn [m, n]",
      [
        { a: 1, b: 2 },
        { a: 1, x: 1 },
      ],
    ],
    ["a, b := [1], [2]\na[0] = 5\na, b = b, a\na[0] = 6\nb[0] = 7\nreturn [a, b]", [[6], [7]]],
    ["a := [1]\nif true { b := a\nb[0] = 2 }\nif true { var c\nc = a\nc[0] = 3 }\nreturn a", [1]],
  ])("%s", (body, result) => {
    expect(resultOf(`${put}func w(ev) any { ${body} }`)).toEqual(result);
  });
});
