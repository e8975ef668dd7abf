import { expect, test } from "bun:test";
import fc from "fast-check";
import { equal } from "../../value/mod.ts";
import { evaluated, run } from "./worker_fixture.ts";

test.each([
  ["1 + 2 * 3", 7],
  ["7 - 2 - 1", 4],
  ["1 / 4", 0.25],
  ["7 % 3", 1],
  ["-7 % 3", -1],
  ["7 % -3", 1],
  ["5.5 % 2", 1.5],
  ["-(2 + 3)", -5],
  ['"a" + "b"', "ab"],
  ["1.5s + 1", 1501],
  ["9007199254740991 + 1", 9007199254740992],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test.each([
  ['1 + "1"', "E_WORKER_TYPE"],
  ['"1" + 1', "E_WORKER_TYPE"],
  ["[1] + [2]", "E_WORKER_TYPE"],
  ["nil + 1", "E_WORKER_TYPE"],
  ['"a" - "b"', "E_WORKER_TYPE"],
  ['"a" * 2', "E_WORKER_TYPE"],
  ['-"1"', "E_WORKER_TYPE"],
  ["!1", "E_WORKER_TYPE"],
  ["!nil", "E_WORKER_TYPE"],
  ["1 / 0", "E_WORKER_ARITH"],
  ["1 % 0", "E_WORKER_ARITH"],
  ["0 / 0", "E_WORKER_ARITH"],
  ["p * p * p", "E_WORKER_ARITH"],
  ["p * p * p - p * p * p", "E_WORKER_ARITH"],
])("%s is %p", (expr, code) => {
  expect(evaluated(expr, 1e200)).toEqual(code);
});

test.each([
  ["1 < 2", true],
  ["2 <= 2", true],
  ["1 > 2", false],
  ["2 >= 3", false],
  ['"\\ufffd" < "😀"', true],
  ['"😀" <= "\\ufffd"', false],
  ['"a" < "ab"', true],
  ['"b" > "ab"', true],
  ['1 < "2"', "E_WORKER_TYPE"],
  ["true < false", "E_WORKER_TYPE"],
  ["nil <= nil", "E_WORKER_TYPE"],
  ["[1] < [2]", "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test.each([
  ['1 == "1"', false],
  ["0 == false", false],
  ["nil == nil", true],
  ["nil == 0", false],
  ['[1, map{"a": [nil]}] == [1, map{"a": [nil]}]', true],
  ['map{"a": 1, "b": 2} == map{"b": 2, "a": 1}', true],
  ['map{"a": nil} == map{"b": nil}', false],
  ["[] == map{}", false],
  ["[1] != [1, 2]", true],
  ["ev == ev", true],
  ["ev == p", false],
  ['map{"constructor": nil} == map{"x": nil}', false],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test("== is equality of canonical JSON", () => {
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));
  fc.assert(
    fc.property(json, json, (a, b) => {
      const worker = "func w(ev) any { a := ev.payload[0]\nb := ev.payload[1]\nreturn [a == b, a == a, b != a] }";
      expect(run(worker, [a, b])).toEqual([equal(a, b), true, !equal(a, b)]);
    }),
    { numRuns: 200 },
  );
});

test("strings compare as their code points do", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "\ud7ff", "\ue000", "\uffff", "😀", "𝒳"), maxLength: 4 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const order = comparePoints([...a], [...b]);
      expect(run("func w(ev) any { p := ev.payload\nreturn [p[0] < p[1], p[0] >= p[1]] }", [a, b])).toEqual([
        order < 0,
        order >= 0,
      ]);
    }),
    { numRuns: 200 },
  );
});

function comparePoints(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((point, index) => point !== b[index]);
  if (at < 0) return a.length - b.length;
  return (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? -1);
}

test("&& and || take bools and stop where they can", () => {
  expect(evaluated("true || 1 / 0 > 0")).toBe(true);
  expect(evaluated("false && 1 / 0 > 0")).toBe(false);
  expect(evaluated("true && 1")).toBe("E_WORKER_TYPE");
  expect(evaluated("1 || true")).toBe("E_WORKER_TYPE");
  expect(evaluated("nil && true")).toBe("E_WORKER_TYPE");
});
