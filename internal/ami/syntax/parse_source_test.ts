import { describe, expect, test } from "bun:test";
import { parseSource } from "../mod.ts";
import { errorsOf, treeOf } from "./ami_fixtures.ts";

/** The names of what a file declares. */
function declared(text: string): string[] {
  const { tree } = parseSource(text);
  const { funcs, pipelines, enums, errors, imports } = tree;
  return [
    ...(tree.package === undefined ? [] : [`package ${tree.package.text}`]),
    ...imports.map(({ path }) => `import ${path.text}`),
    ...enums.map(({ name }) => `enum ${name.text}`),
    ...funcs.map(({ name }) => `func ${name?.text}`),
    ...errors.map(() => "error"),
    ...pipelines.map(({ name }) => `pipeline ${name.text}`),
  ];
}

describe("the package clause", () => {
  test("a file that holds no token is without source", () => {
    for (const text of ["", "\ufeff", " // x\n/* y */\n#pragma test:case a"]) {
      expect(parseSource(text)).toMatchObject({ tree: { package: undefined, funcs: [] }, findings: [] });
    }
  });

  test("any other begins with package", () => {
    expect(errorsOf("func F(){}\n")).toEqual([`1:1 expected 'package', got "func"`]);
    expect(errorsOf("\ufeff\r\n;")).toEqual([`2:1 expected 'package', got ";"`]);
    expect(errorsOf("/* x")).toEqual(["1:1 expected '*/', got end of file"]);
  });

  test("where it is missing or wrong, the declarations are read all the same", () => {
    expect(declared("func F(){}\nfunc G(){}")).toEqual(["func F", "func G"]);
    expect(errorsOf("packge app\nfunc F(){}")).toEqual([`1:1 expected 'package', got "packge"`]);
    expect(declared("packge app\nimport x\nfunc F(){}")).toEqual(["import x", "func F"]);
    expect(declared("packge app\npackage app\nfunc F(){}")).toEqual(["package app", "func F"]);
    expect(errorsOf("package app func F(){}\nfunc G(){}")).toEqual([`1:13 expected ';' or a new line, got "func"`]);
    expect(errorsOf("package\n")).toEqual(["2:1 expected a package name, got end of file"]);
  });

  test("a text may follow, which means nothing", () => {
    expect(declared("package app:1.2.3-rc.1+x // y\nfunc F(){}")).toEqual(["package app", "func F"]);
    expect(declared('package app : "a // b" ; func F(){}')).toEqual(["package app", "func F"]);
    expect(errorsOf("package app:\nfunc F(){}")).toEqual([`1:12 expected text behind ':', got ":"`]);
  });

  test("it stands once, and first", () => {
    expect(errorsOf("package a\npackage b\nfunc F(){}")).toEqual([`2:1 expected a declaration, got "package"`]);
    expect(errorsOf("package a\nfunc F(){}\nimport x\nfunc G(){}")).toEqual([
      `3:1 expected a declaration, got "import"`,
    ]);
  });
});

describe("imports", () => {
  const imports = (text: string) =>
    treeOf(`package p\n${text}`).imports.map(({ alias, path, version }) => [alias?.text, path.text, version]);

  test("have a path, with or without quotes, and perhaps an alias and a version", () => {
    expect(imports('import "./x.ami"')).toEqual([[undefined, "./x.ami", undefined]]);
    expect(imports('import x "./folder"')).toEqual([["x", "./folder", undefined]]);
    expect(imports("import ../x.ami")).toEqual([[undefined, "../x.ami", undefined]]);
    expect(imports("import github.com/a/b-c >= v1.2.3 // new")).toEqual([[undefined, "github.com/a/b-c", "v1.2.3"]]);
    expect(imports('import x "a b\\n">=1.0 beta;import y')).toEqual([
      ["x", "a b\n", "1.0 beta"],
      [undefined, "y", undefined],
    ]);
  });

  test("may stand in parentheses, one a line", () => {
    const expected = [
      [undefined, "./a", undefined],
      ["b", "./b", "2"],
      [undefined, "./c", undefined],
    ];
    expect(imports('import (\n  "./a"\n  b "./b" >= 2 // x\n\n  ./c\n)')).toEqual(expected);
    expect(imports('import ("./a"; b "./b">=2; ./c)')).toEqual(expected);
    expect(imports("import ()")).toEqual([]);
  });

  test("what is no path is an error where it stands", () => {
    expect(errorsOf("package p\nimport ;\nfunc F(){}")).toEqual([`2:8 expected an import path, got ";"`]);
    expect(errorsOf('package p\nimport "x\nfunc F(){}')).toEqual([`2:8 expected '"', got end of line`]);
    expect(errorsOf("package p\nimport a b\nfunc F(){}")).toEqual([`2:10 expected ';' or a new line, got "b"`]);
    expect(errorsOf("package p\nimport (a b)\n")).toEqual([`2:11 expected ';' or a new line, got "b"`]);
    expect(errorsOf("package p\nimport a >=\n")).toEqual([`2:10 expected a version, got ">="`]);
    expect(errorsOf("package p\nimport (a\n")).toEqual(["3:1 expected an import path, got end of file"]);
  });
});

describe("other declarations", () => {
  test("pipeline is written in any letter case, its name with or without parentheses", () => {
    const text = "package p\nPipeline(A) { }\nPIPELINE B() { }\npipeline\nC\n{ }";
    expect(declared(text)).toEqual(["package p", "pipeline A", "pipeline B", "pipeline C"]);
    expect(treeOf(text).pipelines[0]?.keyword).toEqual({ text: "Pipeline", start: 10, end: 18 });
  });

  test("members of an enum may have values and need no commas", () => {
    const [found] = treeOf('package p\nenum E { A, B = "b" C = -1\n D=1s, if = true }').enums;
    expect(found?.members.map(({ text }) => text)).toEqual(["A", "B", "C", "D", "if"]);
    expect(errorsOf("package p\nenum E { A = x }")).toEqual([`2:14 expected a literal, got "x"`]);
    expect(errorsOf("package p\nenum E { A; B }")).toEqual([`2:11 expected a member's name or '}', got ";"`]);
  });

  test("a type is skipped to the end of its brackets", () => {
    const types = [
      "type A struct { a int; b [](x) }",
      'type B struct\n{\n  c `json:"c"`\nfunc\n}',
      "type C = string",
      "type D map[string](a,\nb)",
    ];
    expect(declared(`package p\n${types.join("\nfunc F(){}\n")} func G(){}`)).toEqual([
      "package p",
      ...["F", "F", "F"].map((name) => `func ${name}`),
    ]);
    expect(declared("package p\ntype A { } func F(){}")).toEqual(["package p", "func F"]);
    expect(errorsOf("package p\ntype A {\n")).toEqual(["3:1 expected '}', got end of file"]);
  });

  test("error at the top is a block of its own", () => {
    expect(declared("package p\nerror { egress }\nerror { }")).toEqual(["package p", "error", "error"]);
  });

  test("declarations need nothing between them, and may be indented", () => {
    expect(declared("package p; func F(){} func G(){};; enum E {}\n  func H(){}")).toEqual([
      "package p",
      "enum E",
      "func F",
      "func G",
      "func H",
    ]);
  });
});

describe("functions", () => {
  const signature = (text: string) => {
    const [func] = treeOf(`package p\nfunc ${text} { }`).funcs;
    return [func?.params.map(({ name, type }) => [name.text, type?.text]), func?.results.map((type) => type.text)];
  };

  test("have parameters with or without types, and none, one or several results", () => {
    expect(signature("f()")).toEqual([[], []]);
    expect(signature("f(ev Event<any>) (any, error)")).toEqual([[["ev", "Event<any>"]], ["any", "error"]]);
    expect(signature("f(a, b\n)\nany")).toEqual([
      [
        ["a", undefined],
        ["b", undefined],
      ],
      ["any"],
    ]);
    expect(signature("f<T, U<V>>(x T) map[string]any")).toEqual([[["x", "T"]], ["map[string]any"]]);
  });

  test("types are kept as their text, without blanks and comments", () => {
    const written = "[] int, * a . B, Event< a /* x */ ,\n b<c> >, map[ string ][]*x, map<a,b>";
    const [params] = signature(`f(${written.replace(/(^|, (?=\[|\*|E|m)|,(?= \*))/g, "$1 x ")})`);
    expect(params?.map((param) => param[1])).toEqual([
      "[]int",
      "*a.B",
      "Event<a, b<c>>",
      "map[string][]*x",
      "map<a, b>",
    ]);
  });

  const wrong: [text: string, finding: string][] = [
    ["func F )", `2:8 expected '(', got ")"`],
    ["func F(", "2:8 expected a parameter or ')', got end of file"],
    ["func F(a,)", `2:10 expected a parameter, got ")"`],
    ["func F(a b c)", `2:12 expected ',' or ')', got "c"`],
    ["func F(if)", `2:8 expected a parameter or ')', got "if"`],
    ["func return() {}", `2:6 expected a function's name, got "return"`],
    ["func F() () {}", `2:11 expected a type, got ")"`],
    ["func F() a<b {}", `2:14 expected ',' or '>', got "{"`],
    ["func F<T(x) {}", `2:13 expected '>', got "{"`],
    ["func F()", "2:9 expected '{', got end of file"],
    ["func F() {", "2:11 expected '}', got end of file"],
  ];
  for (const [text, finding] of wrong) {
    test(`${text}: ${finding}`, () => {
      expect(errorsOf(`package p\n${text}`)).toEqual([finding]);
    });
  }
});

describe("recovery", () => {
  test("one error is reported per declaration, and the others are read", () => {
    const text =
      "package app\nfunc a( {\n}\nfunc b(x) any { return x }\npipeline P { ingress -> -> egress }\nenum E { A }\n";
    expect(errorsOf(text)).toEqual([`2:9 expected a parameter or ')', got "{"`, `5:25 expected a step, got "->"`]);
    expect(declared(text)).toEqual(["package app", "enum E", "func b"]);
  });

  test("a declaration that is not closed costs no other one", () => {
    for (const next of ["func g(x) { }", "pipeline P { }", "Pipeline(P) { }", "enum E { }", "type T {}", "error { }"]) {
      expect(errorsOf(`package p\nfunc f() {\n  x = 1\n${next}\nfunc h() { }`)).toHaveLength(1);
      expect(declared(`package p\nfunc f() {\n  x = 1\n${next}\nfunc h() { }`)).toHaveLength(
        next.startsWith("type") ? 2 : 3,
      );
    }
    expect(declared("package p\npipeline P {\n  a -> b\nfunc g(x) { }")).toEqual(["package p", "func g"]);
    expect(declared("package p\nfunc f(\nfunc g(x) { }")).toEqual(["package p", "func g"]);
  });

  test("parsing resumes in column 1 only, and not in a comment", () => {
    const text = "package p\nfunc f( {\n func g() { }\n/*\nfunc h() { }\n*/\nfunc i() { }";
    expect(declared(text)).toEqual(["package p", "func i"]);
  });

  test("what stands between declarations is one error, however much it is", () => {
    expect(errorsOf("package p\n} x\n 'y\nfunc f() { }\n)")).toEqual([
      `2:1 expected a declaration, got "}"`,
      `5:1 expected a declaration, got ")"`,
    ]);
  });

  test("a bad token is reported as what it is, where something else was expected", () => {
    expect(errorsOf("package p\nfunc f() { x = 9007199254740993 }")).toEqual(["2:16 number above 2^53"]);
    expect(errorsOf("package p\nfunc f() { x = 5x }")).toEqual([`2:16 expected an expression, got "5x"`]);
    expect(errorsOf("package p\nfunc f() { x = 1 'a' }")).toEqual([`2:18 expected ';' or a new line, got "'"`]);
    expect(errorsOf('package p\npipeline P { a("\\x") }')).toHaveLength(1);
  });

  test("a duration that is none ends nothing", () => {
    const text = "package p\nfunc f() { x = 1ns }\npipeline P { Transform(delay=500us) -> -> b }\nfunc g() { }";
    expect(errorsOf(text)).toEqual([
      "2:16 1ns is not a whole number of milliseconds",
      "3:30 500us is not a whole number of milliseconds",
      `3:40 expected a step, got "->"`,
    ]);
    expect(parseSource(text).findings.map(({ code }) => code)).toEqual(["E_DURATION", "E_DURATION", "E_PARSE"]);
    expect(declared(text)).toEqual(["package p", "func f", "func g"]);
  });

  test("a duration in a line that is read twice is reported once", () => {
    const found = errorsOf("package p\nfunc f() {\nPipeline(1ns) { }");
    expect(found).toEqual([`3:10 expected a pipeline's name, got "1ns"`, `3:15 expected ';' or a new line, got "{"`]);
  });

  test("a message shows a piece of what was found, with nothing in it that a terminal obeys", () => {
    expect(errorsOf(`package p\n${"x".repeat(100)}`)).toEqual([`2:1 expected a declaration, got "${"x".repeat(40)}…"`]);
    expect(errorsOf("package p\n\u001b")).toEqual([`2:1 expected a declaration, got "\u241b"`]);
  });
});
