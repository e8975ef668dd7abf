import { describe, expect, test } from "bun:test";
import { errorsOf, expressionIn, grouped, statementsOf } from "./ami_fixtures.ts";

describe("operators", () => {
  const groups: [text: string, expected: string][] = [
    ["a || b && c == d + e * f", "(a || (b && (c == (d + (e * f)))))"],
    ["a * b + c < d && e || f", "(((((a * b) + c) < d) && e) || f)"],
    ["a - b - c", "((a - b) - c)"],
    ["a / b * c % d", "(((a / b) * c) % d)"],
    ["a == b != c <= d", "(((a == b) != c) <= d)"],
    ["(a + b) * c", "((a + b) * c)"],
    ["-a.b + !c(d)", "(- a.b + ! c(d))"],
    ["- -a", "- - a"],
    ["!-!a", "! - ! a"],
    ["a - -1", "(a - - 1)"],
  ];
  for (const [text, expected] of groups) {
    test(`${text} is grouped as ${expected}`, () => {
      expect(grouped(expressionIn(text))).toBe(expected);
    });
  }

  test("members, indexes and calls follow each other", () => {
    expect(grouped(expressionIn('a.b["c"](1, x + y).error[0]'))).toBe('a.b["c"](1, x + y).error[0]');
    expect(expressionIn("(a + b).c").kind).toBe("member");
  });

  test("two signs in a row are another operator", () => {
    expect(errorsOf("package p\nfunc f() { return a--1 }")).toHaveLength(1);
  });
});

describe("literals", () => {
  const literals: [text: string, expected: string][] = [
    ["[]", "[]"],
    ["[1, [2], nil]", "[1, [2], nil]"],
    ["[]int{1, 2}", "[1, 2]"],
    ["[][]int{[1]}", "[[1]]"],
    ["[]*a.B<c>{}", "[]"],
    ["[][0]", "[][0]"],
    ["slice{1}", "[1]"],
    ["slice<Event<any>>{}", "[]"],
    ["map{}", "map{}"],
    ['map{"a": 1, b: [true]}', 'map{"a": 1, b: [true]}'],
    ["map[string]any{x: 1}", "map{x: 1}"],
    ["map<string, []int>{x: 1}", "map{x: 1}"],
    ["map + slice[0] * map(1)", "((map) + ((slice)[0] * (map)(1)))"],
    ["5ms", "5ms"],
    ["0x10", "16"],
  ];
  for (const [text, expected] of literals) {
    test(`${text} is ${expected}`, () => {
      expect(grouped(expressionIn(text))).toBe(expected);
    });
  }

  const wrong: [text: string, finding: string][] = [
    ["[1,]", `1:4 expected an expression, got "]"`],
    ["[1 2]", `1:4 expected ',' or ']', got "2"`],
    ["[]int", `1:6 expected '{', got "}"`],
    ['map{"a" 1}', `1:9 expected ':', got "1"`],
    ["map{a: 1,}", `1:10 expected an expression, got "}"`],
    ["map[string]{}", `1:12 expected a type, got "{"`],
    ["f(a b)", `1:5 expected ',' or ')', got "b"`],
    ["a.", `1:3 expected a member's name, got "}"`],
    ["a.5", `1:3 expected a member's name, got "5"`],
    ["(a", `1:3 expected ')', got "}"`],
    ["a +", `1:4 expected an expression, got "}"`],
    ["func() { }", `1:1 expected an expression, got "func"`],
    ["if", `1:1 expected an expression, got "if"`],
  ];
  for (const [text, finding] of wrong) {
    test(`${text}: ${finding}`, () => {
      const shift = "func f() { return ".length;
      const [found] = errorsOf(`package p\nfunc f() { return ${text}}`);
      expect(found?.replace(/^2:(\d+)/, (_, column) => `1:${Number(column) - shift}`)).toBe(finding);
    });
  }
});

describe("line ends", () => {
  const one = [
    "x = a +\n b",
    "x =\n a",
    "x = f(\n a\n ,\n b\n )",
    "x = [\n a\n ]",
    "x = [a\n [0]\n + b]",
    "x = map{\n a\n :\n b\n }",
    "x = a\n .b\n .c(d)",
    "x = a\n && b\n || c",
    "x = a\n == b\n != c",
    "x = a\n < b\n <= c\n > d\n >= e",
    "x = a\n / b\n % c",
    "x = a // y\n // z\n .b",
    "x = a /* \n */ .b",
  ];
  for (const text of one) {
    test(`${JSON.stringify(text)} is one statement`, () => {
      expect(statementsOf(text)).toHaveLength(1);
    });
  }

  const two = ["x = a\n (b)(c)", "x = a\n [b](c)", "x = []\n a()", "x = map\n f()", "return\n f()", "x = a /*\n*/ f()"];
  for (const text of two) {
    test(`${JSON.stringify(text)} are two`, () => {
      expect(statementsOf(text)).toHaveLength(2);
    });
  }

  test("a line that begins with + - or * begins a statement, which none can", () => {
    for (const sign of ["+", "-", "*"]) {
      expect(errorsOf(`package p\nfunc f() { x = a\n ${sign} b }`)).toEqual([
        `3:2 expected a statement, got "${sign}"`,
      ]);
    }
  });

  test("in a function within parentheses they end statements again", () => {
    expect(errorsOf("package p\npipeline P { Transform(func(ev) {\n a()\n b()\n}, delay=\n5ms) }")).toEqual([]);
    expect(errorsOf("package p\npipeline P { Transform(func(ev) {\n a() b() }) }")).toHaveLength(1);
  });
});
