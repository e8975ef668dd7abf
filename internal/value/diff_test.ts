import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { jsonArbitrary, reorderedTwins } from "./arbitraries.ts";
import { type Difference, diff } from "./diff.ts";
import { equal } from "./equal.ts";
import { parseJson } from "./parse_json.ts";

function lines(expected: string, actual: string): string[] {
  return diff(parseJson(expected), parseJson(actual)).map((difference) => JSON.stringify(difference));
}

describe("diff", () => {
  test("the examples of ami-tests §5, with their keys in order", () => {
    expect(lines('[{"y":1}]', '[{"x":1}]')).toEqual([
      '{"path":"$[0].x","kind":"unexpected","actual":1}',
      '{"path":"$[0].y","kind":"missing","expected":1}',
    ]);
    expect(lines('[{"k":1},{"k":3}]', '[{"k":1},{"k":2}]')).toEqual([
      '{"path":"$[1].k","kind":"changed","expected":3,"actual":2}',
    ]);
    expect(lines("[3,2,1]", "[1,2,3]")).toEqual([
      '{"path":"$","kind":"reordered","expected":[3,2,1],"actual":[1,2,3]}',
    ]);
  });

  test("keys of both sides are visited together, by UTF-16 code unit", () => {
    const found = diff({ b: 1, "\ue000": 1, "10": 1, a: 1 }, { c: 1, "\u{10000}": 1, "2": 1 });
    expect(found.map(({ path }) => path)).toEqual([
      '$["10"]',
      '$["2"]',
      "$.a",
      "$.b",
      "$.c",
      '$["\u{10000}"]',
      '$["\ue000"]',
    ]);
  });

  test("a different type is one change, however deep the values", () => {
    expect(lines('{"a":[1]}', '{"a":{"0":1}}')).toEqual([
      '{"path":"$.a","kind":"changed","expected":[1],"actual":{"0":1}}',
    ]);
    expect(lines("1", '"1"')).toEqual(['{"path":"$","kind":"changed","expected":1,"actual":"1"}']);
    expect(lines("null", "{}")).toEqual(['{"path":"$","kind":"changed","expected":null,"actual":{}}']);
  });

  test("a longer array has missing or unexpected elements at its end", () => {
    expect(lines("[1,2,3]", "[1]")).toEqual([
      '{"path":"$[1]","kind":"missing","expected":2}',
      '{"path":"$[2]","kind":"missing","expected":3}',
    ]);
    expect(lines("[1]", "[2,null]")).toEqual([
      '{"path":"$[0]","kind":"changed","expected":1,"actual":2}',
      '{"path":"$[1]","kind":"unexpected","actual":null}',
    ]);
  });

  test("reordered minds how often an element occurs, and stands at any depth", () => {
    expect(lines("[1,1,2]", "[1,2,2]")).toHaveLength(1);
    expect(lines("[1,1,2]", "[1,2,2]")[0]).toContain('"changed"');
    expect(lines('{"a":[{"x":1,"y":2},3]}', '{"a":[3,{"y":2,"x":1}]}')[0]).toContain('"path":"$.a","kind":"reordered"');
    expect(lines("[[1,2],0]", "[[2,1],0]")[0]).toContain('"path":"$[0]","kind":"reordered"');
    expect(lines('[1,"1"]', '["1",1]')[0]).toContain('"reordered"');
    expect(lines("[1,2]", "[2,1,3]").map((line) => JSON.parse(line).kind)).toEqual([
      "changed",
      "changed",
      "unexpected",
    ]);
  });

  test("a member that one side does not have is never taken from the prototype", () => {
    expect(lines('{"constructor":1}', "{}")).toEqual(['{"path":"$.constructor","kind":"missing","expected":1}']);
    expect(lines("{}", '{"__proto__":{}}')).toEqual(['{"path":"$.__proto__","kind":"unexpected","actual":{}}']);
  });

  test("exact ints are compared exactly", () => {
    expect(diff({ a: 2n ** 60n }, { a: 2n ** 60n + 1n })).toEqual([
      { path: "$.a", kind: "changed", expected: 2n ** 60n, actual: 2n ** 60n + 1n },
    ]);
    expect(diff({ a: 3n }, { a: 3 })).toEqual([]);
  });

  test("one walk finds changed, unexpected and missing members at their paths", () => {
    expect(diff({ a: [1, { b: "x" }], c: null }, { a: [1, { b: "y", d: 1 }] })).toEqual([
      { path: "$.a[1].b", kind: "changed", expected: "x", actual: "y" },
      { path: "$.a[1].d", kind: "unexpected", actual: 1 },
      { path: "$.c", kind: "missing", expected: null },
    ]);
  });

  test("is empty exactly if the values are equal", () => {
    fc.assert(
      fc.property(jsonArbitrary, jsonArbitrary, reorderedTwins(jsonArbitrary), (a, b, [value, twin]) => {
        expect(diff(a, b).length === 0).toBe(equal(a, b));
        expect(diff(value, twin)).toEqual([]);
        expect(diff([value, a], [twin, b]).length === 0).toBe(equal(a, b));
      }),
      { numRuns: 300 },
    );
  });

  test("equal arrays beside a difference are not mentioned", () => {
    expect(diff({ a: [1, 2], b: 1 }, { a: [1, 2], b: 2 }).map(({ path }) => path)).toEqual(["$.b"]);
  });

  test("the other way round, missing and unexpected change places", () => {
    fc.assert(
      fc.property(jsonArbitrary, jsonArbitrary, (a, b) => {
        expect(diff(b, a)).toEqual(diff(a, b).map(turned));
      }),
      { numRuns: 300 },
    );
  });

  test("each path stands once", () => {
    fc.assert(
      fc.property(jsonArbitrary, jsonArbitrary, (a, b) => {
        const paths = diff({ a, b }, { a: b, b: a }).map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
      }),
    );
  });
});

function turned(difference: Difference): Difference {
  switch (difference.kind) {
    case "missing":
      return { path: difference.path, kind: "unexpected", actual: difference.expected };
    case "unexpected":
      return { path: difference.path, kind: "missing", expected: difference.actual };
    case "changed":
      return { ...difference, expected: difference.actual, actual: difference.expected };
    case "reordered":
      return { ...difference, expected: difference.actual, actual: difference.expected };
  }
}
