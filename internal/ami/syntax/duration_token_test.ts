import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readNumber } from "./number_token.ts";

const NOT_WHOLE = "is not a whole number of milliseconds";

const good: [text: string, ms: number][] = [
  ["5ms", 5],
  ["1.5s", 1500],
  ["2h45m", 9_900_000],
  ["45m2h", 9_900_000],
  ["0s", 0],
  ["1000us", 1],
  ["2000000ns", 2],
  ["500us500us", 1],
  ["4.35s", 4350],
  ["1.1s", 1100],
  ["0.0000025h", 9],
  ["1.500000000000000000000000000000000000000s", 1500],
  ["9007199254740992ms", 2 ** 53],
];

const flawed: [text: string, flaw: string][] = [
  ["500us", NOT_WHOLE],
  ["1.5ms", NOT_WHOLE],
  ["1ns", NOT_WHOLE],
  ["1.0000000000000000000001ms", NOT_WHOLE],
  ["9007199254740993ms", "is longer than 2^53 milliseconds"],
  ["99999999999h", "is longer than 2^53 milliseconds"],
  [`${"9".repeat(100)}s`, "has too many digits"],
  [`0.${"1".repeat(100)}s`, "has too many digits"],
];

describe("durations", () => {
  for (const [text, ms] of good) {
    test(`${text} are ${ms} ms`, () => {
      expect(readNumber(text, 0)).toEqual({ kind: "duration", ms, flaw: undefined, start: 0, end: text.length });
    });
  }

  for (const [text, flaw] of flawed) {
    test(`${text.slice(0, 30)} ${flaw}`, () => {
      expect(readNumber(text, 0)).toMatchObject({ kind: "duration", flaw, start: 0, end: text.length });
    });
  }

  test("5ms before a dot is a duration", () => {
    expect(readNumber("5ms.egress", 0)).toMatchObject({ kind: "duration", ms: 5, end: 3 });
  });

  for (const text of ["5d", "5msx", "2h45", "1e3ms", "0x5ms", "5ms6"]) {
    test(`${text} is no duration, as a whole`, () => {
      expect(readNumber(text, 0)).toEqual({ kind: "bad", flaw: undefined, start: 0, end: text.length });
    });
  }

  test("parts add up exactly (property)", () => {
    const part = fc.record({ count: fc.nat({ max: 10 ** 6 }), unit: fc.constantFrom("h", "m", "s", "ms") });
    const length = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), (parts) => {
        const ms = parts.reduce((sum, { count, unit }) => sum + count * length[unit], 0);
        const text = parts.map(({ count, unit }) => `${count}${unit}`).join("");
        expect(readNumber(text, 0)).toMatchObject({ kind: "duration", ms, flaw: undefined });
        expect(readNumber(`${ms / 1000}s`, 0)).toMatchObject({ ms, flaw: undefined });
      }),
    );
  });
});
