import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readNumber } from "./number_token.ts";

const good: [text: string, value: number, rest?: string][] = [
  ["0", 0],
  ["007", 7],
  ["1.5e3", 1500],
  ["1E-2", 0.01],
  ["2e+2", 200],
  ["0x1F", 31],
  ["0b101", 5],
  ["0o17", 15],
  ["9007199254740992", 2 ** 53],
  ["9007199254740991.9", 2 ** 53],
  ["900719925474099200000e-5", 2 ** 53],
  ["0x20000000000000", 2 ** 53],
  ["5.name", 5, ".name"],
  ["5.5.5", 5.5, ".5"],
  ["1e-999", 0],
];

const tooLarge = [
  "9007199254740993",
  "9007199254740992.5",
  "9007199254740992.00000000000000000000001",
  "9.007199254740993e15",
  "0.9007199254740993e16",
  "1e16",
  "1e999",
  "0x20000000000001",
  `0x${"f".repeat(400)}`,
  "9".repeat(400),
];

const malformed = ["0x", "0xg", "0b12", "0o8", "0X1", "1_000", "5x", "1e", "1e5x", "12abc", "1.5x"];

describe("readNumber", () => {
  for (const [text, value, rest = ""] of good) {
    test(`${text} is ${value}`, () => {
      expect(readNumber(text, 0)).toEqual({ kind: "number", value, start: 0, end: text.length - rest.length });
    });
  }

  for (const text of tooLarge) {
    test(`${text.slice(0, 50)} is above 2^53`, () => {
      expect(readNumber(text, 0)).toEqual({ kind: "bad", flaw: "number above 2^53", start: 0, end: text.length });
    });
  }

  for (const text of malformed) {
    test(`${text} is no number, as a whole`, () => {
      expect(readNumber(text, 0)).toEqual({ kind: "bad", flaw: undefined, start: 0, end: text.length });
    });
  }

  test("reads what JavaScript prints, up to 2^53 (property)", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 53, noNaN: true }), (number) => {
        expect(readNumber(`${Math.abs(number)}`, 0)).toMatchObject({ kind: "number", value: Math.abs(number) });
      }),
    );
  });

  test("is exact around 2^53 (property)", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n - 9n, max: 2n ** 53n + 9n }), fc.nat({ max: 30 }), (number, zeros) => {
        const kind = number > 2n ** 53n ? "bad" : "number";
        expect(readNumber(`${number}`, 0).kind).toBe(kind);
        expect(readNumber(`${number}${"0".repeat(zeros)}e-${zeros}`, 0).kind).toBe(kind);
        expect(readNumber(`0x${number.toString(16)}`, 0).kind).toBe(kind);
      }),
    );
  });
});
