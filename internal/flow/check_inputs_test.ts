import { describe, expect, test } from "bun:test";
import { checkInputs } from "./check_inputs.ts";
import { parseInputType, typeText } from "./input_type.ts";
import type { ValueObject } from "./run_event.ts";

const COLDSTORE = { store: { type: "string" }, probes: { type: "list<string>" }, duty: { type: "string?" } };

function told(schema: Parameters<typeof checkInputs>[0], inputs: ValueObject): readonly string[] {
  return checkInputs(schema, inputs).map(({ code, message, help }) => `${code} ${message}${help ? ` (${help})` : ""}`);
}

function fits(type: string, value: ValueObject[string]): boolean {
  return checkInputs({ x: { type } }, { x: value }).length === 0;
}

describe("inputs are held to what a flow declares (flows §9)", () => {
  test("flows row 14: a missing input, one of another type, one that is not declared", () => {
    expect(told(COLDSTORE, { probes: [] })).toEqual([
      "E_INPUT_MISSING input store is missing; the flow needs it: string",
    ]);
    expect(told(COLDSTORE, { store: 1, probes: [] })).toEqual(["E_INPUT_TYPE $.store: expected string, found 1"]);
    expect(told(COLDSTORE, { stor: "a" })).toEqual([
      "E_INPUT_MISSING input store is missing; the flow needs it: string",
      "E_INPUT_MISSING input probes is missing; the flow needs it: list<string>",
      "E_INPUT_UNKNOWN the flow has no input stor; it has store, probes, duty (store)",
    ]);
    expect(told(COLDSTORE, { store: "n", probes: ["a", 2, null], duty: null })).toEqual([
      "E_INPUT_TYPE $.probes[1]: expected string, found 2",
      "E_INPUT_TYPE $.probes[2]: expected string, found null",
    ]);
  });

  test("types are read without regard to case and blanks", () => {
    const same: [string, string][] = [
      ["TEXT", "string"],
      ["str ?", "string?"],
      ["Integer", "int"],
      ["number", "float"],
      ["Boolean", "bool"],
      ["mapping", "object"],
      ["array", "list"],
      ["int[]", "list<int>"],
      ["[] int", "list<int>"],
      ["array< int? >", "list<int?>"],
      ["[]int?", "list<int>?"],
      ["map<int>", "map<string, int>"],
      ["dict<string, list<bool>>", "map<string, list<bool>>"],
      ["any", "any"],
    ];
    for (const [text, meant] of same) {
      const type = parseInputType(text);
      expect([text, type === undefined ? undefined : typeText(type)]).toEqual([text, meant]);
    }
    for (const text of ["", "uuid", "list<", "list<uuid>", "dict<int>", "map<int,int>", "?", "[]".repeat(5000)]) {
      expect([text, parseInputType(text)]).toEqual([text, undefined]);
    }
  });

  test("an integral number is an int, however it is written; null fits an optional input only", () => {
    expect(fits("int", 80.0)).toBe(true);
    expect(fits("int", 9007199254740993n)).toBe(true);
    expect(fits("int", 1.5)).toBe(false);
    expect(fits("int", true)).toBe(false);
    expect(fits("float", 3)).toBe(true);
    expect(fits("object", {})).toBe(true);
    expect(fits("object", [])).toBe(false);
    expect(fits("list", {})).toBe(false);
    expect(fits("string", null)).toBe(false);
    expect(fits("string?", null)).toBe(true);
    expect(fits("any", null)).toBe(true);
    expect(fits("map<int>", { a: 1, b: "x" })).toBe(false);
  });

  test("an unknown type takes anything, a foreign schema everything, both with a warning", () => {
    expect(told({ x: { type: "uuid" } }, { x: [1] })).toEqual([
      'W_INPUT_TYPE_UNKNOWN input x is of the type "uuid", which plumb does not know: anything is taken',
    ]);
    expect(told({ type: "object", properties: {} }, { any: 1 })).toEqual([
      "W_INPUTS_OPAQUE the flow describes its inputs by a JSON Schema, which is not looked into; they are passed on as they are",
    ]);
    expect(told({}, { any: 1 })).toEqual([]);
  });
});
