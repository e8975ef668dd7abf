import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseExpression } from "./parse_expression.ts";
import { ExpressionSyntaxError } from "./syntax_error.ts";

function fault(text: string): { readonly offset: number; readonly message: string } {
  try {
    parseExpression(text);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return { offset: error.offset, message: error.message };
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe("what is no expression fails at its first wrong character, counted in code points", () => {
  const rows: readonly [text: string, offset: number, message: string][] = [
    ["", 0, "an expression is expected, found nothing"],
    ["1 +", 3, "a value is expected, found the end"],
    ["= 1", 0, "'=' is no part of an expression"],
    ["a = 1", 2, "'=' is no part of an expression"],
    ["'é😀' ?", 5, "'?' is no part of an expression"],
    ["a && b", 2, "'&&' is no part of an expression"],
    ["!a", 0, "'!' is no part of an expression"],
    ["(a := 1)", 3, "':=' is no part of an expression"],
    ["a | b", 2, "'|' is no part of an expression"],
    ["~1", 0, "'~' is no part of an expression"],
    ["1 << 2", 3, "a value is expected, found '<'"],
    ["xs[1:2]", 4, "there are no slices"],
    ["xs[:2]", 3, "a value is expected, found ':'"],
    ["lambda x: 1", 7, "'x' is not expected here"],
    ["[x for x in y]", 3, "']' is expected, found 'for'"],
    ["a b", 2, "'b' is not expected here"],
    ["'a' 'b'", 4, "a text is not expected here"],
    ["f'a'", 1, "a text is not expected here"],
    ["(1", 2, "')' is expected, found the end"],
    ["()", 1, "a value is expected, found ')'"],
    ["[1, , 2]", 4, "a value is expected, found ','"],
    ["{1}", 2, "':' and a value are expected behind a key, found '}'"],
    ["{a: }", 4, "a value is expected, found '}'"],
    ["f(", 2, "a value is expected, found the end"],
    ["a.upper()", 7, "only functions and '.get' can be called"],
    ["a[0]()", 4, "only functions and '.get' can be called"],
    ["'a'.upper()", 9, "only functions and '.get' can be called"],
    ["(f)(1)", 3, "only functions and '.get' can be called"],
    ["a.get()", 6, "'.get' takes a key and perhaps a default, found 0 arguments"],
    ["a.get(1, 2, 3)", 6, "'.get' takes a key and perhaps a default, found 3 arguments"],
    ["a.", 2, "the name of a field is expected, found the end"],
    ["a.1", 1, "the number 0.1 is not expected here"],
    ["a.in", 2, "'in' is a reserved word"],
    ["1 if 2", 6, "'else' is expected, found the end"],
    ["if 1 else 2", 0, "a value is expected, found 'if'"],
    ["a not b", 6, "'in' is expected behind 'not', found 'b'"],
    ["a is 1", 5, "'is' is for None, True and False only"],
    ["a is not b", 9, "'is not' is for None, True and False only"],
    ["01", 0, "a number has no leading zeros"],
    ["00", 0, "a number has no leading zeros"],
    ["1__0", 1, "this is no number of the language"],
    ["1j", 1, "this is no number of the language"],
    ["0x", 1, "this is no number of the language"],
    ["0b12", 3, "this is no number of the language"],
    ["1.2.3", 3, "this is no number of the language"],
    ["5x", 1, "this is no number of the language"],
    ["1e999", 0, "the number is too large for a double"],
    ["'a", 0, "the text is not closed"],
    ["'a\\'", 0, "the text is not closed"],
    ["'ab\\q'", 3, "'\\q' is no escape; a backslash itself is '\\\\'"],
    ["'\\x4'", 1, "'\\x' needs the 2 digits of a character"],
    ["'\\ud800'", 1, "'\\u' needs the 4 digits of a character"],
    ["'\\U00110000'", 1, "'\\U' needs the 8 digits of a character"],
    ["\\", 0, "'\\' is no part of an expression"],
    ["$input.a", 0, "'$' is no part of an expression"],
    ["\u{1F600}", 0, "'\u{1F600}' is no part of an expression"],
  ];
  test.each(rows)("%p", (text, offset, message) => {
    expect(fault(text)).toEqual({ offset, message });
  });
});

describe("bounds", () => {
  test("64 levels of brackets are read, 65 are not", () => {
    expect(parseExpression(`${"(".repeat(64)}1${")".repeat(64)}`).kind).toBe("literal");
    expect(fault(`${"[".repeat(65)}1${"]".repeat(65)}`).message).toBe("the expression is nested more than 64 deep");
  });

  test.each(["not ", "-", "2 ** ", "1 if 1 else ", "f(", "x["])("%p goes one level down", (piece) => {
    expect(fault(`${piece.repeat(65)}1`).message).toBe("the expression is nested more than 64 deep");
  });

  test("4096 code points are read, 4097 are not, whatever they take in UTF-16", () => {
    expect(parseExpression(`'${"😀".repeat(4094)}'`).kind).toBe("literal");
    expect(fault(`'${"😀".repeat(4095)}'`).message).toBe("the expression has more than 4096 characters");
  });

  test("a chain of one level is as long as an expression may be", () => {
    expect(parseExpression(`1${"+1".repeat(2047)}`).kind).toBe("arithmetic");
    expect(parseExpression(`x${"[0]".repeat(1365)}`).kind).toBe("postfix");
  });
});

test("names may have letters of any language", () => {
  expect(parseExpression("wärme_2").kind).toBe("path");
});

test("parts know where they stand", () => {
  const tree = parseExpression("1 + max(a.b, [2])");
  expect(tree).toMatchObject({ kind: "arithmetic", start: 0, end: 17 });
  const call = tree.kind === "arithmetic" ? tree.rest[0]?.operand : undefined;
  expect(call).toMatchObject({ kind: "call", start: 4, end: 17, name: { text: "max", start: 4, end: 7 } });
  expect(call?.kind === "call" ? call.args[0] : undefined).toMatchObject({ kind: "path", start: 8, end: 11 });
});

const PIECES =
  "( ) [ ] { } , . : + - * ** / // % == != < <= > >= = := ! && 1 0x 1e9 07 'a' \" ' \\ x values arms.active .get( and or not if else in is None True random( 😀 é \ud800".split(
    " ",
  );
const numRuns = Number(process.env.PLUMB_FUZZ ?? 1000);

test(
  "any text is an expression or has one fault inside it (property)",
  () => {
    const pieces = fc.array(fc.constantFrom(...PIECES, " "), { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(pieces, fc.string({ unit: "binary" })), (text) => {
        try {
          const { start, end } = parseExpression(text);
          expect(0 <= start && start < end && end <= text.length).toBe(true);
        } catch (error) {
          if (!(error instanceof ExpressionSyntaxError)) throw error;
          expect(error.offset).toBeGreaterThanOrEqual(0);
          expect(error.offset).toBeLessThanOrEqual([...text].length);
        }
      }),
      { numRuns },
    );
  },
  Math.max(5_000, numRuns * 10),
);
