import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { canonical } from "../../value/mod.ts";
import { contextAt, evaluated, eventOf, run, workerOf } from "./worker_fixture.ts";

describe("str", () => {
  test.each([
    ['str("a\\"b")', 'a"b'],
    ["str(1.50)", "1.5"],
    ["str(1e15 * 1e6)", "1e+21"],
    ["str(true)", "true"],
    ["str(nil)", "null"],
    ['str([1, nil, map{"b": "x", "a": []}])', '[1,null,{"a":[],"b":"x"}]'],
    ["str(ev)", "E_WORKER_TYPE"],
    ['str(error("x"))', "E_WORKER_TYPE"],
  ])("%s is %p", (expr, value) => {
    expect(evaluated(expr)).toEqual(value);
  });

  test("writes canonical JSON of all but strings", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        // What JSON has no word for: -0.
        const value = JSON.parse(JSON.stringify(payload));
        expect(run("func w(ev) any { return [str(ev.payload)] }", value)).toEqual([
          typeof value === "string" ? value : canonical(value),
        ]);
      }),
      { numRuns: 200 },
    );
  });

  test("NaN, which only the API can bring in, is no JSON", () => {
    expect(evaluated("str(p)", Number.NaN)).toBe("E_WORKER_ARG");
    expect(evaluated("str(p)", [Number.NaN])).toBe("E_WORKER_ARG");
  });
});

test.each([
  ['num("2.5e1")', 25],
  ['num("-0.5")', -0.5],
  ['num("0x10")', "E_WORKER_ARG"],
  ['num(" 1")', "E_WORKER_ARG"],
  ['num("1.")', "E_WORKER_ARG"],
  ['num("01")', "E_WORKER_ARG"],
  ['num("")', "E_WORKER_ARG"],
  ['num("1e999")', "E_WORKER_ARG"],
  ['num("NaN")', "E_WORKER_ARG"],
  ["num(1)", "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test("typeof has eight answers", () => {
  expect(evaluated('[nil, true, 1, "s", [], map{}]')).toEqual([null, true, 1, "s", [], {}]);
  const all =
    'typeof(nil), typeof(true), typeof(1), typeof("s"), typeof([]), typeof(map{}), typeof(ev), typeof(error("x"))';
  expect(evaluated(`[${all}]`)).toEqual(["nil", "bool", "number", "string", "list", "map", "event", "error"]);
});

describe("now and iso", () => {
  test("tell virtual time", () => {
    expect(workerOf("func w(ev) any { return [now(), iso(now()), ev.time] }")(eventOf({}), contextAt(5))).toEqual([
      5,
      "1970-01-01T00:00:00.005Z",
      3,
    ]);
  });

  test.each([
    ["iso(-1)", "1969-12-31T23:59:59.999Z"],
    ["iso(-62167219200000)", "0000-01-01T00:00:00.000Z"],
    ["iso(-62167219200001)", "E_WORKER_ARG"],
    ["iso(253402300799999)", "9999-12-31T23:59:59.999Z"],
    ["iso(253402300800000)", "E_WORKER_ARG"],
    ["iso(1.5)", "E_WORKER_ARG"],
    ['iso("0")', "E_WORKER_TYPE"],
  ])("%s is %p", (expr, value) => {
    expect(evaluated(expr)).toEqual(value);
  });
});

describe("error", () => {
  test("has a code and a message", () => {
    expect(evaluated('[error("E_X", "x").code, error("E_X", "x").message]')).toEqual(["E_X", "x"]);
    expect(evaluated('[error("x").code, error("x").message]')).toEqual(["E_WORKER", "x"]);
  });

  test.each([
    ["error(1)", "E_WORKER_TYPE"],
    ['error("E_X", nil)', "E_WORKER_TYPE"],
    ['error("", "x")', "E_WORKER_ARG"],
    ['error("E_X", "x").text', "E_WORKER_TYPE"],
    ['error("x") == error("E_WORKER", "x")', true],
    ['error("x") == error("y")', false],
    ['error("x") == nil', false],
  ])("%s is %p", (expr, value) => {
    expect(evaluated(expr)).toEqual(value);
  });
});
