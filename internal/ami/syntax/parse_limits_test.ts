import { describe, expect, test } from "bun:test";
import { parseSource } from "../mod.ts";

const TOO_DEEP = "nested more than 200 levels deep";

/** A function whose body begins so, and another behind it. */
const inFunction = (body: string): string => `package p\nfunc f() { ${body}\nfunc g() { }`;

describe("depth", () => {
  const deep: [what: string, text: string][] = [
    ["blocks", "{".repeat(10_000)],
    ["closed blocks", "{".repeat(10_000) + "}".repeat(10_000)],
    ["parentheses", `x = ${"(".repeat(10_000)}`],
    ["lists", `x = ${"[".repeat(10_000)}`],
    ["maps", `x = ${"map{a:".repeat(10_000)}`],
    ["calls", `x = ${"f(".repeat(10_000)}`],
    ["indexes", `x = ${"a[".repeat(10_000)}`],
    ["signs", `x = ${"- ".repeat(10_000)}1 }`],
    ["a chain of operators", `x = 1${" + 1".repeat(10_000)} }`],
    ["a chain of members", `x = a${".b".repeat(10_000)} }`],
    ["a chain of calls", `x = f${"()".repeat(10_000)} }`],
    ["else if", `if a { }${" else if a { }".repeat(10_000)} }`],
    ["loops", "for { ".repeat(10_000)],
    ["switches", "switch { default: ".repeat(10_000)],
    ["types", `var x ${"a<".repeat(10_000)}`],
    ["prefixes of types", `var x ${"[]".repeat(10_000)}`],
  ];
  for (const [what, body] of deep) {
    test(`of ${what} is bounded, with one error, and the next function is read`, () => {
      const { tree, findings } = parseSource(inFunction(body));
      expect(findings.map(({ message }) => message)).toEqual([TOO_DEEP]);
      expect(tree.funcs.map(({ name }) => name?.text)).toEqual(["g"]);
    });
  }

  test("of attributes in arguments is bounded", () => {
    const text = `package p\npipeline P { a${"(merge.a".repeat(10_000)}`;
    expect(parseSource(text).findings.map(({ message }) => message)).toEqual([TOO_DEEP]);
  });

  test("is that of the tree: what stands beside each other may be long", () => {
    const wide = `x = [${"(1 + 2), ".repeat(10_000)}0]; y = f(${"-a.b, ".repeat(10_000)}0) }`;
    expect(parseSource(inFunction(wide)).findings).toEqual([]);
  });

  test("just below the bound is read", () => {
    for (const body of [
      "{".repeat(199) + "}".repeat(200),
      `x = ${"(".repeat(197)}1${")".repeat(197)} }`,
      `x = 1${" + 1".repeat(197)} }`,
    ]) {
      expect(parseSource(inFunction(body)).findings).toEqual([]);
    }
  });
});

describe("hostile texts of 200,000 characters are read in linear time", () => {
  const size = 200_000;
  const fill = (part: string): string => part.repeat(size / part.length);
  const texts: Readonly<Record<string, string>> = {
    brackets: fill("}"),
    characters: fill("#"),
    functions: fill("func\n"),
    "open functions": fill("func f() { x(\n"),
    "functions on one line": fill("func f( "),
    "type parameters": fill("func f<\n"),
    "error blocks": fill("error {\n"),
    types: fill("type T {\n"),
    imports: fill("import a\n"),
    "imports in parentheses": `import (${fill("a\n")}`,
    "a version": `import a >= ${fill('"')}`,
    strings: fill('"\\q"\n'),
    "an open string": `"${fill("\\")}`,
    "a number": `func f() { x = ${fill("1")}`,
    "a base": `func f() { x = 0x${fill("0")}`,
    "a duration": `func f() { x = ${fill("1s")} }`,
    "a fraction": `func f() { x = 0.${fill("1")}s }`,
    "a name": `func ${fill("é")}`,
    comments: fill("/* */"),
    "open comments": fill("/*"),
    pragmas: fill("#pragma a\n"),
    "durations that are none": `pipeline P { ${fill("a=b(1ns)\n")} }`,
    parentheses: `func f() { x = ${fill("(")}`,
    slices: `func f() { x = ${fill("slice<")}`,
    steps: `pipeline P { a${fill("->b")} }`,
    chains: `pipeline P { ${fill("a=b()\n")} }`,
    attributes: `pipeline P { a ${fill("b ")} }`,
    list: `func f() { x = [0${fill(",1")}] }`,
    statements: `func f() { ${fill("x = 1\n")} }`,
    cases: `func f() { switch { ${fill("case a: b()\n")} } }`,
    members: `enum E { ${fill("x ")} }`,
    "line ends": fill("\r"),
  };
  for (const [what, text] of Object.entries(texts)) {
    test(what, () => {
      const { findings } = parseSource(`package p\n${text}`);
      expect(findings.every(({ start, end }) => start <= end && end <= text.length + 10)).toBe(true);
    }, 3_000); // What is not linear would need minutes; the time limit leaves room for a busy machine.
  }
});

test("a line of a megabyte is read", () => {
  const line = "ingress -> a(b, merge.Sort(k)) delay=5ms -> egress; ";
  const { tree, findings } = parseSource(`package p\npipeline P { ${line.repeat(1_000_000 / line.length)} }`);
  expect(findings).toEqual([]);
  expect(tree.pipelines[0]?.body.chains.length).toBe(Math.floor(1_000_000 / line.length));
});
