import { describe, expect, test } from "bun:test";
import { errorsOf, statementsOf } from "./ami_fixtures.ts";
import { printFunction } from "./print_block.ts";

/** The statements as they are printed, on one line. */
function printed(body: string): string {
  const statements = statementsOf(body);
  const at = { start: 0, end: 0 };
  const text = printFunction({ name: undefined, params: [], results: [], body: { statements, ...at }, ...at });
  return text.replace(/^func\(\) |\n$/g, "").replace(/\s+/g, " ");
}

describe("statements", () => {
  const read: [text: string, expected: string][] = [
    ["return", "{ return }"],
    ["return ev, nil", "{ return ev, nil }"],
    ["var x", "{ var x }"],
    ["var x int", "{ var x }"],
    ["var x []Event<any>= [1]", "{ let x = [1] }"],
    ["var x = 1; let y = x", "{ let x = 1 let y = x }"],
    ["a, b := f(), 1", "{ a, b := f(), 1 }"],
    ["a.b, c[0] = c, d", "{ a.b, c[0] = c, d }"],
    ["x += 1\nx -= 1\nx *= 2\nx /= 2\nx %= 2", "{ x += 1 x -= 1 x *= 2 x /= 2 x %= 2 }"],
    ["x++; y.z--", "{ x++ y.z-- }"],
    ['state.set("n", 1)', '{ state.set("n", 1) }'],
    ["{ f() }", "{ { f() } }"],
    [";; f();\n;", "{ f() }"],
    ["if a { b() }", "{ if a { b() } }"],
    ["if x := f(); x > 1 { } else if y { } else { b() }", "{ if x := f(); x > 1 { } else if y { } else { b() } }"],
    ["if a { }\n else\n { }", "{ if a { } else { } }"],
    ["if f(); g() { }", "{ if f(); g() { } }"],
    ["while a { break; }", "{ while a { break } }"],
    ["for { continue }", "{ for { continue } }"],
    ["for a { }", "{ while a { } }"],
    ["for ;; { }", "{ for { } }"],
    ["for i := 0; i < 3; i++ { }", "{ for i := 0; i < 3; i++ { } }"],
    ["for ; a; { }", "{ while a { } }"],
    ["for f(); ; g() { }", "{ for f();; g() { } }"],
    ["for k, v := range map{a: 1} { }", "{ for k, v := range map{a: 1} { } }"],
    ["for k := range 3 { }", "{ for k := range 3 { } }"],
    ["switch { }", "{ switch { } }"],
    [
      'switch x {\n case 1, 2: return a\n case "x": default: b(); c()\n}',
      '{ switch x { case 1, 2: return a case "x": default: b() c() } }',
    ],
    ["type = error\npipeline.func = package(import)", "{ type = error pipeline.func = package(import) }"],
  ];
  for (const [text, expected] of read) {
    test(`${JSON.stringify(text)} is read`, () => {
      expect(printed(text)).toBe(expected);
    });
  }

  const wrong: [text: string, finding: string][] = [
    ["x", `2:1 expected a statement, got "x"`],
    ["x + 1", `2:1 expected a statement, got "x + 1"`],
    ["a, b", `2:6 expected ':=' or '=', got "}"`],
    ["a.b := 1", `2:1 expected a variable's name before ':=', got "a.b"`],
    ["f() = 1", `2:1 expected a variable or a part of one, got "f()"`],
    ["f().x++", `2:1 expected a variable or a part of one, got "f().x"`],
    ["nil = 1", `2:1 expected a variable or a part of one, got "nil"`],
    ["a() b()", `2:5 expected ';' or a new line, got "b"`],
    ["if a { } b()", `2:10 expected ';' or a new line, got "b"`],
    ["if a := 1 { }", `2:11 expected ';', got "{"`],
    ["if a; b { }", `2:4 expected a statement, got "a"`],
    ["if { }", `2:4 expected an expression, got "{"`],
    ["if a { } else b()", `2:15 expected 'if' or '{', got "b"`],
    ["else { }", `2:1 expected a statement, got "else"`],
    ["let x", `2:7 expected '=', got "}"`],
    ["var if = 1", `2:5 expected a variable's name, got "if"`],
    ["for i := 0 { }", `2:12 expected ';', got "{"`],
    ["for i := 0; i < 3 { }", `2:19 expected ';', got "{"`],
    ["for a, b, c := range x { }", `2:11 expected at most two names before ':= range', got "c"`],
    ["for range x { }", `2:5 expected an expression, got "range"`],
    ["x = range y", `2:5 expected an expression, got "range"`],
    ["switch x { a() }", `2:12 expected 'case', 'default' or '}', got "a"`],
    ["switch x { case: }", `2:16 expected an expression, got ":"`],
    ["switch x { case 1 }", `2:19 expected ',' or ':', got "}"`],
    ["switch x { default: default: }", `2:21 expected 'case', 'default' or '}', got "default"`],
    ["switch x { case 1: a() case 2: }", `2:24 expected ';' or a new line, got "case"`],
    ["case 1: a()", `2:1 expected '}', got "case"`],
    ["break 1", `2:7 expected ';' or a new line, got "1"`],
  ];
  for (const [text, finding] of wrong) {
    test(`${text}: ${finding}`, () => {
      expect(errorsOf(`package p; func f() {\n${text} }`)).toEqual([finding]);
    });
  }
});
