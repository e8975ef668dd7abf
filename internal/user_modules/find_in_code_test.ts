import { describe, expect, test } from "bun:test";
import { findInCode } from "./find_in_code.ts";

const transpiler = new Bun.Transpiler({ loader: "ts" });

function reads(text: string): boolean {
  try {
    transpiler.scan(text);
    return true;
  } catch {
    return false;
  }
}

const find = (text: string) => findInCode(text, /require(?=\()/g, "require", reads);

describe("a word is found in code", () => {
  test("and not in comments, strings, templates and regular expressions", () => {
    const text = '// require(\n/* require( */ const a = "require(", b = `require(`, c = /require()/;';
    expect(find(text)).toBeUndefined();
    expect(find(`${text}\nrequire("x");`)).toBe(text.length + 1);
  });

  test("also inside a template's expression", () => {
    expect(find(`const a = \`require( \${require('x')}\`;`)).toBe(22);
  });

  test("after many places in texts the next counts as code, so that a file cannot take for ever", () => {
    const places = (count: number) => `const a = "${"require(".repeat(count)}";`;
    expect(find(places(200))).toBeUndefined();
    expect(find(places(201))).toBe(11 + 200 * 8);
  });
});
