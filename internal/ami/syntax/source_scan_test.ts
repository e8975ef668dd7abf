import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { scanSource } from "./source_scan.ts";

function names(text: string): string[] {
  return scanSource(text).pragmas.map((pragma) => `${pragma.line} ${pragma.name}`);
}

describe("pragma lines", () => {
  test("a pragma line says where its word and its payload stand", () => {
    const text = " \t#pragma \ttest:case\t a b \nx";
    expect(scanSource(text).pragmas).toEqual([
      { line: 1, start: 2, nameStart: 11, name: "test:case", payloadStart: 22, end: 26 },
    ]);
    expect(text.slice(22, 26)).toBe("a b ");
  });

  test("they stand anywhere, before package too, and need no source", () => {
    expect(names("#pragma test:case a\npackage p\n#pragma lint:disable X\nfunc f() {}\n#pragma test:skip")).toEqual([
      "1 test:case",
      "3 lint:disable",
      "5 test:skip",
    ]);
  });

  test("lines end in LF, CRLF or CR, also mixed and without a last end", () => {
    expect(names("#pragma a\n#pragma b\r\n#pragma c\r#pragma d")).toEqual(["1 a", "2 b", "3 c", "4 d"]);
    expect(names("\r\r\n\n#pragma a")).toEqual(["4 a"]);
    expect(scanSource("#pragma a b\r\n").pragmas[0]?.end).toBe(11);
  });

  test("a byte-order mark is skipped at the start only", () => {
    expect(names("\ufeff#pragma a")).toEqual(["1 a"]);
    expect(scanSource("\ufeff#pragma a").pragmas[0]?.start).toBe(1);
    expect(scanSource("\ufeff")).toEqual({ pragmas: [], hasSource: false, packageName: undefined });
    expect(names("\n\ufeff#pragma a")).toEqual([]);
  });

  test("in a comment a pragma is comment", () => {
    expect(names("/*\n#pragma a\n*/\n#pragma b")).toEqual(["4 b"]);
    expect(names("// #pragma a\n#pragma b")).toEqual(["2 b"]);
    expect(names("/* x */ #pragma a\n/*\r\n*/ #pragma b\r#pragma c")).toEqual(["4 c"]);
    expect(names("/**/\n/*/\n#pragma a\n*/")).toEqual([]);
  });

  test("a comment sign or a quote in a payload opens nothing", () => {
    expect(names('#pragma a /*\n#pragma b "\n#pragma c // x\n#pragma d')).toEqual(["1 a", "2 b", "3 c", "4 d"]);
  });

  test("a comment sign in a string opens nothing, and a string ends with its line", () => {
    expect(names('x = "/*"\n#pragma a')).toEqual(["2 a"]);
    expect(names('x = "\\"/*"\n#pragma a')).toEqual(["2 a"]);
    expect(names('x = "/*\n#pragma a\n"\n#pragma b')).toEqual(["2 a", "4 b"]);
    expect(names('x = "\\\n#pragma a')).toEqual(["2 a"]);
    expect(names('x = "a" /*"\n#pragma a')).toEqual([]);
  });

  test("only #pragma and a blank at the start of a line make one", () => {
    expect(names("#pragma\n#pragmas a\n# pragma a\n#PRAGMA a\nx #pragma a\n\u00a0#pragma a")).toEqual([]);
    expect(names("#pragma \n#pragma\ta")).toEqual(["1 ", "2 a"]);
  });
});

describe("source", () => {
  test("comments, blanks and pragma lines are none", () => {
    expect(scanSource("").hasSource).toBe(false);
    expect(scanSource(" \t\r\n// x\n/* y\n */\n#pragma a b").hasSource).toBe(false);
  });

  test("any other character is", () => {
    for (const text of ["package p", ";", "/", "\0", "/* */ x", "#pragma", '"']) {
      expect(scanSource(text).hasSource).toBe(true);
    }
  });

  test("a block comment that does not end is, so that the parser is asked about it", () => {
    expect(scanSource("/* #pragma a").hasSource).toBe(true);
    expect(scanSource("/*/").hasSource).toBe(true);
  });

  test("the package is named by the first token", () => {
    expect(scanSource("// c\n#pragma a\n  package  app:text\n").packageName).toBe("app");
    expect(scanSource("/* c */package größe_2").packageName).toBe("größe_2");
    expect(scanSource("import x\npackage app").packageName).toBeUndefined();
    expect(scanSource("packages app").packageName).toBeUndefined();
    expect(scanSource("package 1").packageName).toBeUndefined();
    expect(scanSource("/* c").packageName).toBeUndefined();
  });
});

test("lines and places agree with a reading line by line, whatever the text", () => {
  const piece = fc.constantFrom("#pragma ", "#pragma\ta b", "\n", "\r", "\r\n", " ", "x", "é", "😀", "\\", "/");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      // A lone slash, so that no comment begins.
      const text = pieces.join("").replace(/\/(?=\/)/g, "x");
      const expected = text
        .split(/\r\n|\r|\n/)
        .flatMap((line, at) => (/^[ \t]*#pragma[ \t]/.test(line) ? [`${at + 1} ${line.trimStart()}`] : []));
      const found = scanSource(text).pragmas.map(({ line, start, end }) => `${line} ${text.slice(start, end)}`);
      expect(found).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("hostile texts of a megabyte are read in linear time", () => {
  const size = 1_000_000;
  const parts = ["#", "#pragma ", "/* */", '"', '"\\', "\r", "/*", "#pragma\n", "package ", "/"];
  const texts = parts.map((part) => part.repeat(size / part.length));
  for (const text of [...texts, `#pragma ${"x".repeat(size)}`, `"${"\\".repeat(size)}`]) {
    expect(scanSource(text).pragmas.length).toBeLessThanOrEqual(size);
  }
  // A quadratic scan of any of them would need minutes; the time limit leaves room for a busy machine.
}, 5_000);
