import { expect, test } from "bun:test";
import { evaluated, resultOf } from "./worker_fixture.ts";

test.each([
  ['len("añ😀")', 3],
  ["len([1, [2, 3]])", 2],
  ['len(map{"a": 1})', 1],
  ["len(nil)", 0],
  ["len(1)", "E_WORKER_TYPE"],
  ["len(true)", "E_WORKER_TYPE"],
  ["len(ev)", "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test.each([
  ["append([1], 2, nil)", [1, 2, null]],
  ["append([])", []],
  ["append(nil, 1)", "E_WORKER_TYPE"],
  ["append([], ev)", "E_WORKER_TYPE"],
  ['append([], error("x"))', "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test.each([
  ['keys(map{"b": 1, "a": 2})', ["a", "b"]],
  ['keys(map{"😀": 1, "\\ufffd": 2, "10": 3, "9": 4})', ["10", "9", "\ufffd", "😀"]],
  ["keys([])", "E_WORKER_TYPE"],
  ['omit(map{"a": 1, "b": 2, "c": 3}, "a", "c", "x")', { b: 2 }],
  ['omit(map{"a": 1})', { a: 1 }],
  ["omit(map{}, 1)", "E_WORKER_TYPE"],
  ["omit(nil)", "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test.each([
  ["contains([1, [2]], [2])", true],
  ['contains([1], "1")', false],
  ["contains([nil], nil)", true],
  ["contains([], ev)", false],
  ['contains("añ😀b", "ñ😀")', true],
  ['contains("ab", "ba")', false],
  ['contains("ab", 1)', "E_WORKER_TYPE"],
  ["contains(map{}, 1)", "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test.each([
  ['has(p, "a")', true],
  ['has(p, "a.b.c")', true],
  ['has(p, "a.b.c.d")', false],
  ['has(p, "n")', true],
  ['has(p, "n.x")', false],
  ['has(p, "l.0")', false],
  ['has(p, "constructor")', false],
  ['has(p, "__proto__")', false],
  ['has(p, "")', true],
  ['has(5, "a")', false],
  ['has(nil, "a")', false],
  ['has(ev, "payload.a.b")', true],
  ["has(p, 1)", "E_WORKER_TYPE"],
  ['get(p, "a.b.c", 7)', 1],
  ['get(p, "a.x", 7)', 7],
  ['get(p, "n", 7)', null],
  ['get(p, "l", 7)', [0]],
  ['get(p, "", 7)', { a: { b: { c: 1 } }, n: null, l: [0] }],
  ['get("text", "a", nil)', null],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr, { a: { b: { c: 1 } }, n: null, l: [0] })).toEqual(value);
});

test("an own __proto__ is a key like any other", () => {
  const payload = JSON.parse('{"__proto__": {"x": 1}}');
  expect(evaluated('has(p, "__proto__.x")', payload)).toBe(true);
  expect(evaluated("p.__proto__.x", payload)).toBe(1);
  expect(JSON.stringify(resultOf("func w(ev) any { ev.payload.__proto__.y = 2\nreturn ev }", payload))).toBe(
    '{"__proto__":{"x":1,"y":2}}',
  );
  expect(JSON.stringify(resultOf('func w(ev) any { return map{"__proto__": [1]} }'))).toBe('{"__proto__":[1]}');
  expect(evaluated("[p.__proto__, p.constructor, p.toString]")).toEqual([null, null, null]);
});

test("what a built-in function makes is no part of what it was given", () => {
  const body = `
    l := [map{"n": 1}]
    longer := append(l, 2)
    longer[0].n = 5
    m := map{"a": map{"n": 1}, "b": 1}
    less := omit(m, "b")
    less.a.n = 5
    inner := get(m, "a", nil)
    inner.n = 6
    return [l, longer, m, less, inner]`;
  expect(resultOf(`func w(ev) any { ${body} }`)).toEqual([
    [{ n: 1 }],
    [{ n: 5 }, 2],
    { a: { n: 1 }, b: 1 },
    { a: { n: 5 } },
    { n: 6 },
  ]);
});
