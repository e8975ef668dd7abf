import { expect, test } from "bun:test";
import { gets, puts } from "./pragma_kv_values.ts";
import type { Reading, ValueKind } from "./pragma_value_kind.ts";

function read(kind: ValueKind<unknown>, found: string): unknown {
  return shown(kind.read({ form: "text", text: found, quoted: true }, "key"));
}

function shown(reading: Reading<unknown>): unknown {
  return reading.ok ? reading.value : reading.problem.code;
}

test("puts are cut at the first =, trimmed, and empty parts are skipped", () => {
  expect(read(puts, "a=1;b=2")).toEqual([
    ["a", "1"],
    ["b", "2"],
  ]);
  expect(read(puts, " a = x=y ;; b=;")).toEqual([
    ["a", "x=y"],
    ["b", ""],
  ]);
  expect(read(puts, "")).toEqual([]);
  expect(read(puts, "a=1;a=2")).toEqual([
    ["a", "1"],
    ["a", "2"],
  ]);
});

test("a part without a key is a slip", () => {
  for (const found of ["a", "a=1;b", "=1", "a=1; =2"]) expect(read(puts, found)).toBe("E_PRAGMA_VALUE");
});

test("puts of a JSON object have any values, quoted or not", () => {
  const expected = [
    ["x", 5],
    ["", { y: null }],
  ];
  expect(shown(puts.read({ form: "json", value: { x: 5, "": { y: null } } }, "put"))).toEqual(expected);
  expect(read(puts, ' {"x":5,"":{"y":null}}')).toEqual(expected);
  expect(read(puts, '{"x":5')).toBe("E_PRAGMA_JSON");
  expect(shown(puts.read({ form: "json", value: [] }, "put"))).toBe("E_PRAGMA_VALUE");
  expect(shown(puts.read({ form: "json", value: JSON.parse('{"__proto__":1}') }, "put"))).toEqual([["__proto__", 1]]);
});

test("gets are keys between commas or an array of strings", () => {
  expect(read(gets, " a ,b,, c d")).toEqual(["a", "b", "c d"]);
  expect(read(gets, "")).toEqual([]);
  expect(read(gets, '["a,b",""]')).toEqual(["a,b", ""]);
  expect(shown(gets.read({ form: "json", value: ["a", "a"] }, "get"))).toEqual(["a", "a"]);
  expect(shown(gets.read({ form: "json", value: ["a", 1] }, "get"))).toBe("E_PRAGMA_VALUE");
  expect(shown(gets.read({ form: "json", value: { a: 1 } }, "get"))).toBe("E_PRAGMA_VALUE");
  expect(read(gets, "[a")).toBe("E_PRAGMA_JSON");
});
