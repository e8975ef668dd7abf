import { describe, expect, test } from "bun:test";
import { GENERAL_RULES } from "./general_rules.ts";
import { JsonReader } from "./json_reader.ts";
import { valueErrorOf } from "./value_error_of.ts";

function syntaxErrorOf(text: string) {
  const error = valueErrorOf(() => new JsonReader(text, GENERAL_RULES).readText());
  expect(error.code).toBe("E_VALUE_SYNTAX");
  expect(error.path).toBeUndefined();
  return [error.offset, error.message, error.help];
}

describe("a syntax error says what was expected, what was found and where", () => {
  test.each<[text: string, offset: number, message: string, help?: string]>([
    ["", 0, "expected a JSON value, got the end of the text"],
    [" \n ", 3, "expected a JSON value, got the end of the text"],
    ["x", 0, 'expected a JSON value, got "x"'],
    ["tru", 0, 'expected a JSON value, got "tru"'],
    ["nul]", 0, 'expected a JSON value, got "nul"'],
    ["NaN", 0, 'expected a JSON value, got "NaN"'],
    ["[True]", 1, 'expected a JSON value or "]", got "True"', "write true"],
    ["None", 0, 'expected a JSON value, got "None"', "write null"],
    ["{'a':1}", 1, `expected a key in double quotes or "}", got "'"`, "texts and keys stand in double quotes"],
    ["constructor", 0, 'expected a JSON value, got "constructor"'],
    ["\ufeff1", 0, "expected a JSON value, got the character U+FEFF"],
    ["\u00a01", 0, "expected a JSON value, got the character U+00A0"],
    ["\u00001", 0, "expected a JSON value, got the character U+0000"],
    ["a".repeat(30), 0, `expected a JSON value, got "${"a".repeat(20)}…"`],
    ["{} {}", 3, 'expected the end of the text, got "{"'],
    ["1 x", 2, 'expected the end of the text, got "x"'],
    ['"a""b"', 3, "expected the end of the text, got '\"'"],
    ["truefalse", 4, 'expected the end of the text, got "false"'],
    ["[1 2]", 3, 'expected "," or "]", got "2"'],
    ["[1,]", 3, 'expected a JSON value, got "]"'],
    ["[,1]", 1, 'expected a JSON value or "]", got ","'],
    ["[", 1, 'expected a JSON value or "]", got the end of the text'],
    ["[1", 2, 'expected "," or "]", got the end of the text'],
    ["[1}", 2, 'expected "," or "]", got "}"'],
    ['{"a":1,}', 7, 'expected a key in double quotes, got "}"'],
    ["{a:1}", 1, 'expected a key in double quotes or "}", got "a"'],
    ['{"a" 1}', 5, 'expected ":" after the key, got "1"'],
    ['{"a":}', 5, 'expected a JSON value, got "}"'],
    ['{"a":1 x}', 7, 'expected "," or "}", got "x"'],
    ['{"a":1', 6, 'expected "," or "}", got the end of the text'],
    ['"abc', 4, "expected a closing double quote, got the end of the text"],
    ['"a\nb"', 2, "expected a closing double quote, got a line break", "write it as \\n"],
    ['"a\tb"', 2, "expected a closing double quote, got a tab", "write it as \\t"],
    ['"\u0001"', 1, "expected a closing double quote, got the character U+0001", "write it as \\u0001"],
    ['"\\x"', 2, 'expected one of " \\ / b f n r t u after the backslash, got "x"'],
    ['"\\', 2, 'expected one of " \\ / b f n r t u after the backslash, got the end of the text'],
    ['"\\u12G4"', 5, 'expected four hexadecimal digits after \\u, got "G"'],
    ['"\\u12', 5, "expected four hexadecimal digits after \\u, got the end of the text"],
    ["01", 1, 'expected no digit after a leading 0, got "1"', "leave the leading 0 out"],
    ["[-007]", 3, 'expected no digit after a leading 0, got "0"', "leave the leading 0 out"],
    [".5", 0, 'expected a JSON value, got ".5"'],
    ["+1", 0, 'expected a JSON value, got "+1"'],
    ["[1.]", 3, 'expected a digit after ".", got "]"'],
    ["-", 1, 'expected a digit after "-", got the end of the text'],
    ["-x", 1, 'expected a digit after "-", got "x"'],
    ["1e", 2, "expected a digit in the exponent, got the end of the text"],
    ["1e+ 5", 3, 'expected a digit in the exponent, got " "'],
    ["1.5.5", 3, 'expected the end of the text, got ".5"'],
    ["0x10", 1, 'expected the end of the text, got "x10"'],
  ])("%j", (...[text, offset, message, help]) => {
    expect(syntaxErrorOf(text)).toEqual([offset, message, help]);
  });
});

describe("JsonReader", () => {
  test("reads every escape", () => {
    const text = String.raw`"\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC"`;
    expect(new JsonReader(text, GENERAL_RULES).readText()).toBe('"\\/\b\f\n\r\tA\u00e9\u20ac');
  });

  test("reads every form of a number", () => {
    const text = "[0, -1, 10, 1.5, -0.25, 1e3, 1E+3, 12.5e-1, 123456789012345678]";
    expect(new JsonReader(text, GENERAL_RULES).readText()).toEqual([
      0, -1, 10, 1.5, -0.25, 1000, 1000, 1.25, 123456789012345680,
    ]);
  });

  test("a path follows the reading through arrays and objects", () => {
    const text = '{"a":[{"b":[1,2,{"c d":[]}]},[0,[1e999]]]}';
    expect(valueErrorOf(() => new JsonReader(text, GENERAL_RULES).readText()).path).toBe("$.a[1][1][0]");
  });
});
