import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { LineIndex } from "../../diag/mod.ts";
import { findingsOf, scopeOf } from "./worker_fixture.ts";

/** `line:column CODE` and the help of each finding in a body. */
function found(body: string): string[] {
  return findings(`package app\n${body}`);
}

function findings(text: string, imports: Record<string, string> = {}): string[] {
  const lines = new LineIndex(text);
  return findingsOf(text, imports).map(({ code, start, help }) => {
    const { line, column } = lines.position(start);
    return `${line}:${column} ${code}${help === undefined ? "" : ` ${help}`}`;
  });
}

describe("names", () => {
  test("an undefined function is told at its name, with what was meant", () => {
    expect(found("func f(e) any { return lenn(e) }")).toEqual(["2:24 E_NAME_UNDEFINED len"]);
    expect(found("func double(x) any { return x }\nfunc f(e) any { return duoble(e) }")).toEqual([
      "3:24 E_NAME_UNDEFINED double",
    ]);
  });

  test("an undefined variable is told at its name, with a variable of the place", () => {
    expect(found("func f(e) any { return x }")).toEqual(["2:24 E_NAME_UNDEFINED"]);
    expect(found("func f(e) any { total := 1\n return totl }")).toEqual(["3:9 E_NAME_UNDEFINED total"]);
    expect(found("func f(e) { x = 1\n y.a = 2\n z[0]++ }")).toEqual([
      "2:13 E_NAME_UNDEFINED",
      "3:2 E_NAME_UNDEFINED",
      "4:2 E_NAME_UNDEFINED",
    ]);
  });

  test("a variable ends with its block", () => {
    expect(found("func f(e) any { if true { x := 1 }\n return x }")).toEqual(["3:9 E_NAME_UNDEFINED"]);
    expect(found("func f(e) any { for i := range 3 { }\n return i }")).toEqual(["3:9 E_NAME_UNDEFINED"]);
    expect(found("func f(e) any { switch { case true: x := 1\n default: x = 2 }\n return 1 }")).toEqual([
      "3:11 E_NAME_UNDEFINED",
    ]);
    expect(found("func f(e) any { if x := 1; x > 0 { return x } else { return x }\n return x }")).toEqual([
      "3:9 E_NAME_UNDEFINED",
    ]);
  });

  test("the value of a definition does not see the variable", () => {
    expect(found("func f(e) any { x := x\n return x }")).toEqual(["2:22 E_NAME_UNDEFINED"]);
    expect(found("func f(x) any { if true { x := x + 1\n return x }\n return x }")).toEqual([]);
  });

  test("functions, enums, imports and state are no values", () => {
    expect(found("enum E { A }\nfunc g(e) any { return e }\nfunc f(e) any { return [g, len, E, state] }")).toEqual([
      "4:25 E_NAME_UNDEFINED",
      "4:28 E_NAME_UNDEFINED",
      "4:33 E_NAME_UNDEFINED",
      "4:36 E_NAME_UNDEFINED",
    ]);
  });

  test("an enum has the members it declares", () => {
    expect(found("enum Level { Low, High }\nfunc f(e) any { return Level.Hihg }")).toEqual([
      "3:30 E_NAME_UNDEFINED High",
    ]);
    expect(found("enum Level { Low, High }\nfunc f(e) any { return Level.High }")).toEqual([]);
  });

  test("state and imports have the functions they have", () => {
    expect(found('func f(e) any { return state.gte("k") }')).toEqual(["2:30 E_NAME_UNDEFINED get"]);
    const imports = { lib: "package lib\nfunc Clean(x) any { return x }" };
    expect(findings("package app\nfunc f(e) any { return lib.Clean(e) }", imports)).toEqual([]);
    expect(findings("package app\nfunc f(e) any { return lib.Claen(e) }", imports)).toEqual([
      "2:28 E_NAME_UNDEFINED Clean",
    ]);
    expect(findings("package app\nfunc f(e) any { return lbi.Clean(e) }", imports)).toEqual([
      "2:24 E_NAME_UNDEFINED lib",
    ]);
  });

  test("a variable hides functions, enums, imports and state, and cannot be called", () => {
    expect(found("func f(len) any { return len(1) }")).toEqual(["2:26 E_NAME_UNDEFINED"]);
    expect(found("func f(state) any { return state.get(1) }")).toEqual(["2:28 E_NAME_UNDEFINED"]);
    expect(found("enum E { A }\nfunc f(E) any { return E.B }")).toEqual([]);
    expect(found("func f(e) any { return e.g(1) }")).toEqual(["2:24 E_NAME_UNDEFINED"]);
  });

  test("a function of the package hides a built-in one", () => {
    expect(found("func len(a, b) any { return a }\nfunc f(e) any { return len(1, 2) }")).toEqual([]);
  });

  test("_ takes any value and has none", () => {
    expect(found("func g() (any, any) { return 1, 2 }\nfunc f(e) any { _, x := g()\n _ = x\n return _ }")).toEqual([
      "5:9 E_NAME_UNDEFINED",
    ]);
  });
});

describe("counts", () => {
  test("a call takes as many arguments as the function has", () => {
    expect(found("func g(a, b) any { return a }\nfunc f(e) any { return g(e) }")).toEqual(["3:24 E_CALL_ARITY"]);
    expect(found('func f(e) any { return [len(), split("a"), keys(e, e), get(e, "a"), min()] }')).toEqual([
      "2:25 E_CALL_ARITY",
      "2:32 E_CALL_ARITY",
      "2:44 E_CALL_ARITY",
      "2:56 E_CALL_ARITY",
      "2:69 E_CALL_ARITY",
    ]);
    expect(found('func f(e) { state.set("a", 1)\n state.set("a", 1, 2)\n state.set("a", 1, 2, 3) }')).toEqual([
      "4:2 E_CALL_ARITY",
    ]);
    expect(found('func f(e) any { return [error("m"), error("C", "m"), now(), append([]), max(1, 2, 3)] }')).toEqual(
      [],
    );
  });

  test("values fit the variables, or one call of a declared function gives them all", () => {
    expect(found("func f(e) { a, b := 1\n c, d := 1, 2, 3\n a, b = c, d }")).toEqual([
      "2:16 E_CALL_ARITY",
      "3:16 E_CALL_ARITY",
    ]);
    expect(found("func g() any { return 1 }\nfunc f(e) { a, b := g()\n c, d := len(e) }")).toEqual([
      "4:5 E_CALL_ARITY",
    ]);
  });

  test("no more values are returned than declared", () => {
    expect(found("func f(e) any { return e, nil }")).toEqual(["2:27 E_RETURN_COUNT"]);
    expect(found("func f(e) { return e }")).toEqual(["2:20 E_RETURN_COUNT"]);
    expect(found("func f(e) (any, error) { return e }\nfunc g(e) (any, error) { return }")).toEqual([]);
  });

  test("a call that is returned passes on all its values", () => {
    const two = "func two() (any, error) { return 1, nil }\n";
    expect(found(`${two}func f(e) any { return two() }`)).toEqual(["3:24 E_RETURN_COUNT"]);
    expect(found(`${two}func f(e) (any, error) { return two() }`)).toEqual([]);
    expect(found(`${two}func f(e) any { x := two()\n return x }`)).toEqual([]);
  });
});

describe("control", () => {
  test("break stands in a loop or a switch, continue in a loop", () => {
    expect(found("func f(e) any {\n break\n return e\n}")).toEqual(["3:2 E_LOOP_CONTROL"]);
    expect(found("func f(e) {\n continue\n switch { default: continue }\n}")).toEqual([
      "3:2 E_LOOP_CONTROL",
      "4:20 E_LOOP_CONTROL",
    ]);
    expect(
      found("func f(e) { for { break }\n while true { switch { default: continue } }\n switch { default: break } }"),
    ).toEqual([]);
  });

  test.each([
    ["if true { return e }", false],
    ["if true { return e } else { }", false],
    ["if true { return e } else if false { return 1 }", false],
    ["if true { return e } else if false { return 1 } else { return 2 }", true],
    ["{ return e }", true],
    ["for { }", true],
    ["while true { }", true],
    ["for { break }", false],
    ["for { if true { break } }", false],
    ["for { for { break } }", true],
    ["for { switch { default: break } }", true],
    ["for e { return 1 }", false],
    ["for i := range 3 { return i }", false],
    ["switch e { case 1: return 1\n default: return 2 }", true],
    ["switch e { case 1: return 1 }", false],
    ["switch e { case 1:\n default: return 2 }", false],
    ["switch e { case 1: if true { break }\n return 1\n default: return 2 }", false],
    ["return 1\n e = 2", true],
    ["", false],
  ])("%p returns on every path: %p", (body, returns) => {
    expect(found(`func f(e) any { ${body} }`)).toEqual(returns ? [] : ["2:1 E_FUNC_MISSING_RETURN"]);
  });

  test("a function without results needs no return", () => {
    expect(found("func f(e) { }")).toEqual([]);
  });
});

describe("vectors", () => {
  const codes = new Set([
    "E_NAME_UNDEFINED",
    "E_CALL_ARITY",
    "E_LOOP_CONTROL",
    "E_FUNC_MISSING_RETURN",
    "E_RETURN_COUNT",
  ]);
  const rows = readFileSync(new URL("../../../testdata/vectors/pipelines.jsonl", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line))
    .filter(({ check = [] }) => check.length > 0 && check.every(({ code }: { code: string }) => codes.has(code)));

  test("there are some", () => {
    expect(rows.length).toBeGreaterThanOrEqual(3);
  });

  test.each(rows.map((row) => [row.id, row] as const))("%s", (_, { source, check }) => {
    const expected = check.map((each: { line: number; column: number; code: string }) => {
      return `${each.line}:${each.column} ${each.code}`;
    });
    expect(findings(source).map((each) => each.split(" ").slice(0, 2).join(" "))).toEqual(expected);
  });

  test("T024", () => {
    expect(findings("package app\n#pragma test:case bad\nfunc f(e) any { return x }\n")).toEqual([
      "3:24 E_NAME_UNDEFINED",
    ]);
  });
});

test("the checks end on a body as deep as the parser lets through", () => {
  const deep = `func f(e) any { return ${"-(1 + ".repeat(60)}e${")".repeat(60)} }`;
  expect(findingsOf(`package app\n${deep}`)).toEqual([]);
  expect(scopeOf(`package app\n${deep}`).functions.size).toBe(1);
});
