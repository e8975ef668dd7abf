import { expect, test } from "bun:test";
import { CaptureError, fillFields, fillIn } from "./fill_in.ts";

const captured = new Map<string, string | number | bigint | { a: number }>([
  ["s", "x"],
  ["n", 9007199254740993n],
  ["o", { a: 1 }],
  ["accent", "\u0301"],
]);

test("what steps captured is put in, with its type or as text", () => {
  expect(fillIn({ kind: "variable", name: "o" }, captured)).toEqual({ a: 1 });
  expect(fillIn({ kind: "text", parts: ["a", { variable: "s" }, { variable: "n" }] }, captured)).toBe(
    "ax9007199254740993",
  );
  expect(
    fillFields(
      [
        [
          "a",
          {
            kind: "array",
            items: [
              { kind: "value", value: 1 },
              { kind: "variable", name: "s" },
            ],
          },
        ],
        ["__proto__", { kind: "object", entries: [["k", { kind: "variable", name: "n" }]] }],
      ],
      captured,
    ),
  ).toEqual(
    JSON.parse('{"a": [1, "x"], "__proto__": {"k": 0}}', (key, value) => (key === "k" ? 9007199254740993n : value)),
  );
});

test("texts that touch are normalised as a whole", () => {
  expect(fillIn({ kind: "text", parts: ["e", { variable: "accent" }] }, captured)).toBe("\u00e9");
});

test("a variable without a value, or one that cannot stand inside a text", () => {
  expect(() => fillIn({ kind: "variable", name: "none" }, captured)).toThrow(CaptureError);
  expect(() => fillIn({ kind: "text", parts: [{ variable: "none" }] }, captured)).toThrow("none has no value");
  expect(() => fillIn({ kind: "text", parts: [{ variable: "o" }] }, captured)).toThrow("o is none of them");
});
