import { expect, test } from "bun:test";
import fc from "fast-check";
import { mayFit, misfits, parseType, type SpecType, typeName } from "./spec_type.ts";

const type: fc.Arbitrary<SpecType> = fc.letrec<{ type: SpecType }>((tie) => ({
  type: fc.oneof(
    fc.constantFrom("string", "int", "bool", "array", "object").map((kind) => ({ kind }) as SpecType),
    tie("type").map((of) => ({ kind: "list" as const, of })),
  ),
})).type;

test("a type is read from its name", () => {
  fc.assert(fc.property(type, (made) => expect(parseType(typeName(made))).toEqual(made)));
});

test.each([
  "",
  "list",
  "list<>",
  "list<int",
  "int>",
  "list<int>>",
  "List<int>",
  "list< int >",
  "float",
  "Int",
  "list<".repeat(300),
])("%j is no type", (text) => {
  expect(parseType(text)).toBeUndefined();
});

test("nothing is coerced", () => {
  const values = ["1", 1, 1n, true, ["1"], [1], {}] as const;
  const fitting = (name: string) =>
    values.flatMap((value, index) => (misfits(parseType(name) ?? { kind: "array" }, value as never) ? [] : [index]));
  expect(fitting("string")).toEqual([0]);
  expect(fitting("int")).toEqual([1, 2]);
  expect(fitting("bool")).toEqual([3]);
  expect(fitting("array")).toEqual([4, 5]);
  expect(fitting("list<int>")).toEqual([5]);
  expect(fitting("object")).toEqual([6]);
});

test("a value may be put where its type, or one that may hold it, is declared", () => {
  fc.assert(
    fc.property(type, (made) =>
      expect(mayFit(made, made) && mayFit(undefined, made) && mayFit(made, undefined)).toBe(true),
    ),
  );
  expect(mayFit({ kind: "list", of: { kind: "int" } }, { kind: "array" })).toBe(true);
  expect(mayFit({ kind: "list", of: { kind: "int" } }, { kind: "list", of: { kind: "string" } })).toBe(false);
  expect(mayFit({ kind: "bool" }, { kind: "int" })).toBe(false);
});
