import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { exactText, strictArbitrary } from "./arbitraries.ts";
import { canonicalStrict } from "./canonical.ts";
import { parseStrict } from "./parse_strict.ts";
import { toStrict } from "./to_strict.ts";
import { valueErrorOf } from "./value_error_of.ts";

describe("parseStrict", () => {
  test("an int within 2^53-1 is a number, beyond it a bigint, exactly", () => {
    expect(
      parseStrict("[9007199254740991, -9007199254740991, 9007199254740992, 9223372036854775807, -9223372036854775808]"),
    ).toEqual([9007199254740991, -9007199254740991, 9007199254740992n, 2n ** 63n - 1n, -(2n ** 63n)]);
    expect(Object.is(parseStrict("-0"), 0)).toBe(true);
  });

  test("text and keys are in NFC", () => {
    expect(parseStrict('{"e\\u0301":"\\u212b"}')).toEqual({ "\u00e9": "\u00c5" });
  });

  test.each([
    ["[1.5]", "E_VALUE_FLOAT", "$[0] is 1.5; only string, int, bool, array and object are allowed here", undefined],
    ["2.0", "E_VALUE_FLOAT", "$ is 2.0; only string, int, bool, array and object are allowed here", "write 2"],
    [
      "-2.50e1",
      "E_VALUE_FLOAT",
      "$ is -2.50e1; only string, int, bool, array and object are allowed here",
      "write -25",
    ],
    ["-0.0", "E_VALUE_FLOAT", "$ is -0.0; only string, int, bool, array and object are allowed here", "write 0"],
    ["0e999", "E_VALUE_FLOAT", "$ is 0e999; only string, int, bool, array and object are allowed here", "write 0"],
    ["1200e-2", "E_VALUE_FLOAT", "$ is 1200e-2; only string, int, bool, array and object are allowed here", "write 12"],
    ["1E400", "E_VALUE_FLOAT", "$ is 1E400; only string, int, bool, array and object are allowed here", undefined],
    [
      "1e999999999",
      "E_VALUE_FLOAT",
      "$ is 1e999999999; only string, int, bool, array and object are allowed here",
      undefined,
    ],
    ["[null]", "E_VALUE_NULL", "$[0] is null; only string, int, bool, array and object are allowed here", undefined],
    [
      "9223372036854775808",
      "E_VALUE_RANGE",
      "$ is 9223372036854775808; an int lies between -9223372036854775808 and 9223372036854775807",
      undefined,
    ],
  ])("%s is refused with its path and, where it can be guessed, a help", (text, code, message, help) => {
    const error = valueErrorOf(() => parseStrict(text));
    expect([error.code as string, error.message, error.help]).toEqual([code, message, help]);
  });

  test("the help for 9223372036854775807.0 is the exact int, for one beyond there is none", () => {
    expect(valueErrorOf(() => parseStrict("9223372036854775807.0")).help).toBe("write 9223372036854775807");
    expect(valueErrorOf(() => parseStrict("9.223372036854775807e18")).help).toBe("write 9223372036854775807");
    expect(valueErrorOf(() => parseStrict("9223372036854775808.0")).help).toBeUndefined();
  });

  test("a literal of a million digits is refused quickly", () => {
    expect(valueErrorOf(() => parseStrict("9".repeat(1_000_000))).code).toBe("E_VALUE_RANGE");
    expect(valueErrorOf(() => parseStrict(`0.${"9".repeat(1_000_000)}`)).code).toBe("E_VALUE_FLOAT");
  });

  test("two keys with one NFC form are a duplicate, named in that form at the second", () => {
    const text = '{"x":{"e\\u0301":1,"\\u00e9":2}}';
    expect(valueErrorOf(() => parseStrict(text))).toMatchObject({
      code: "E_VALUE_DUPLICATE_KEY",
      path: '$.x["\u00e9"]',
      offset: text.lastIndexOf('"\\u00e9'),
    });
  });

  test("reads canonical text back as the same value", () => {
    fc.assert(
      fc.property(strictArbitrary, (value) => {
        const text = canonicalStrict(value);
        expect(canonicalStrict(parseStrict(text))).toBe(text);
        expect(exactText(parseStrict(text))).toBe(exactText(toStrict(parseStrict(text))));
      }),
      { numRuns: 200 },
    );
  });
});
