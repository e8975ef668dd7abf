import { expect, test } from "bun:test";
import type { Json } from "../../value/mod.ts";
import { resultOf } from "./worker_fixture.ts";

function after(body: string, payload: Json = {}): Json {
  return resultOf(`func w(ev) any { l := []\n ${body}\n return l }`, payload);
}

test.each<[string, Json]>([
  ["for i := 1; i <= 3; i++ { l = append(l, i) }", [1, 2, 3]],
  ["i := 0\nfor i < 3 { i += 1\nl = append(l, i) }", [1, 2, 3]],
  ["i := 0\nwhile i < 3 { i += 1\nif i == 2 { continue }\nl = append(l, i) }", [1, 3]],
  ["for { l = append(l, 1)\nif len(l) == 2 { break } }", [1, 1]],
  ["for i := 0; i < 5; i++ { if i % 2 == 0 { continue }\nl = append(l, i) }", [1, 3]],
  [
    "for i := 0; i < 2; i++ { for j := 0; ; j++ { if j == 2 { break }\nl = append(l, [i, j]) } }",
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ],
  ],
  ["for ; ; { break }", []],
  ["for i := range 9 { if i == 2 { return i } }", 2],
  ["for false { l = append(l, 1) }", []],
])("%s", (body, result) => {
  expect(after(body)).toEqual(result);
});

test.each<[string, Json]>([
  ["for i := range 3 { l = append(l, i) }", [0, 1, 2]],
  [
    "for i, x := range 2 { l = append(l, [i, x]) }",
    [
      [0, 0],
      [1, 1],
    ],
  ],
  ["for i := range 0 { l = append(l, i) }", []],
  ["for i := range -1 { l = append(l, i) }", []],
  [
    'for i, x := range ["a", nil] { l = append(l, [i, x]) }',
    [
      [0, "a"],
      [1, null],
    ],
  ],
  ['for i := range ["a", "b"] { l = append(l, i) }', [0, 1]],
  [
    'for i, c := range "a😀" { l = append(l, [i, c]) }',
    [
      [0, "a"],
      [1, "😀"],
    ],
  ],
  [
    'for k, v := range map{"z": 1, "😀": 2, "\\ufffd": 3, "10": 4, "9": 5} { l = append(l, [k, v]) }',
    [
      ["10", 4],
      ["9", 5],
      ["z", 1],
      ["\ufffd", 3],
      ["😀", 2],
    ],
  ],
  ["for _, x := range [5] { l = append(l, x) }", [5]],
  ["for i := range 5 { if i == 1 { continue }\nif i == 3 { break }\nl = append(l, i) }", [0, 2]],
  ["for i := range 3 { l = append(l, i)\ni = 9 }", [0, 1, 2]],
])("%s", (body, result) => {
  expect(after(body)).toEqual(result);
});

test("what is ranged over is taken before the first turn", () => {
  expect(after("l = [1, 2]\nfor i, x := range l { l = append(l, x * 10)\nl[1] = 0 }")).toEqual([1, 0, 10, 20]);
  expect(after('m := map{"a": 1, "b": 2}\nfor k, v := range m { m.c = 3\nm.b = 9\nl = append(l, v) }')).toEqual([1, 2]);
  expect(after("n := 2\nfor i := range n { n = 5\nl = append(l, i) }")).toEqual([0, 1]);
  expect(after('s := "ab"\nfor i, c := range s { s = s + "x"\nl = append(l, c) }')).toEqual(["a", "b"]);
});

test.each<[string, string]>([
  ["for i := range nil { }", "E_WORKER_TYPE"],
  ["for i := range true { }", "E_WORKER_TYPE"],
  ["for i := range ev { }", "E_WORKER_TYPE"],
  ["for i := range 2.5 { }", "E_WORKER_ARG"],
  ["for 1 { }", "E_WORKER_TYPE"],
  ["while nil { }", "E_WORKER_TYPE"],
  ["if 0 { }", "E_WORKER_TYPE"],
  ["switch { case 1: }", "E_WORKER_TYPE"],
])("%s is %s", (body, code) => {
  expect(after(body)).toBe(code);
});

test.each<[Json, Json]>([
  [1, ["low"]],
  [2, ["low"]],
  ["x", ["string"]],
  [[1], ["list"]],
  [9, ["other"]],
])("switch on %p takes the first equal case and falls through to none", (payload, result) => {
  const body = `
    switch ev.payload {
    case 1, 2: l = append(l, "low")
    default: l = append(l, "other")
    case "x": l = append(l, "string")
      if true { break }
      l = append(l, "not reached")
    case [1], 1: l = append(l, "list")
    }`;
  expect(after(body, payload)).toEqual(result);
});

test("switch without a value takes the first true case", () => {
  const body = "switch { case ev.payload > 5: l = [1]\ncase ev.payload > 1: l = [2]\ncase 1 / 0 > 0: l = [3] }";
  expect(after(body, 9)).toEqual([1]);
  expect(after(body, 3)).toEqual([2]);
  expect(after(body, 1)).toBe("E_WORKER_ARITH");
});

test("break leaves the switch, continue the turn of the loop around it", () => {
  expect(
    after(
      "for i := range 4 { switch i { case 1: break\ncase 2: continue\ndefault: l = append(l, 0 - i) }\nl = append(l, i) }",
    ),
  ).toEqual([0, 0, 1, -3, 3]);
});
