import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ANSI, excerpt, LineIndex } from "./mod.ts";

/** The excerpt at the first `marked` of the text. */
function at(text: string, marked: string): string {
  const index = new LineIndex(text);
  const from = text.indexOf(marked);
  return excerpt(index, index.position(from), index.position(from + marked.length));
}

function lines(text: string): [source: string, carets: string] {
  const [source = "", carets = "", ...more] = text.split("\n");
  expect(more).toEqual([]);
  return [source, carets];
}

describe("excerpt", () => {
  test("shows the line with carets under the place", () => {
    expect(at("package app\n#pragma test:runtime expect_outptu={}\n", "expect_outptu")).toBe(
      `  2 | #pragma test:runtime expect_outptu={}
    |                      ^^^^^^^^^^^^^`,
    );
  });

  test("the bars stand under each other however wide the line number is", () => {
    expect(at(`${"\n".repeat(1233)}ab`, "b")).toBe(`  1234 | ab
       |  ^`);
  });

  test("without an end there is one caret, behind the line too", () => {
    const index = new LineIndex("input=");
    expect(excerpt(index, index.position(6))).toBe(`  1 | input=
    |       ^`);
  });

  test("an end before the start gives one caret", () => {
    const index = new LineIndex("abc");
    expect(excerpt(index, index.position(2), index.position(0))).toBe("  1 | abc\n    |   ^");
  });

  test("an end on a later line marks to the end of the first", () => {
    expect(at("a { b\n}\n", "{ b\n}")).toBe("  1 | a { b\n    |   ^^^");
  });

  test("an empty line has no blank behind its bar, and a caret", () => {
    expect(excerpt(new LineIndex("a\n\nb"), { line: 2, column: 1, offset: 2 })).toBe("  2 |\n    | ^");
  });

  test("a line that is not there has no excerpt", () => {
    expect(excerpt(new LineIndex("a\nb"), { line: 3, column: 1, offset: 4 })).toBe("");
  });

  test("a column that is not there is the end of the line", () => {
    expect(excerpt(new LineIndex("ab\ncd"), { line: 1, column: 50, offset: 4 })).toBe("  1 | ab\n    |   ^");
  });

  test("tabs keep the carets under their place, before it and in it", () => {
    expect(at("\tx\tbad\t1", "bad\t1")).toBe("  1 |     x    bad    1\n    |          ^^^^^^^^");
  });

  test("wide and combining characters keep the carets under their place", () => {
    expect(at('x = "日本e\u0301" + 漢字', "漢字")).toBe('  1 | x = "日本e\u0301" + 漢字\n    |               ^^^^');
  });

  test("NULs and escape sequences are shown, not obeyed", () => {
    expect(at("a\0\u001b[2Jbad\u202e", "bad")).toBe("  1 | a␀␛[2Jbad\ufffd\n    |       ^^^");
  });

  test("a byte-order mark is not shown and shifts nothing", () => {
    expect(at("\ufeff#pragma x", "#pragma")).toBe("  1 | #pragma x\n    | ^^^^^^^");
  });

  test("the ends of CRLF and CR lines are not shown", () => {
    expect(at("ab\r\ncd\ref", "d")).toBe("  2 | cd\n    |  ^");
  });

  test("a long line is cut around the place", () => {
    expect(at(`${"a".repeat(200)} bad ${"z".repeat(200)}`, "bad")).toBe(
      `  1 | …${"a".repeat(47)} bad ${"z".repeat(48)}…
    |                                                  ^^^`,
    );
  });

  test("what one side does not need the other one gets", () => {
    const [start] = lines(at(`bad ${"z".repeat(500)}`, "bad"));
    expect(start).toBe(`  1 | bad ${"z".repeat(96)}…`);
    const [end] = lines(at(`${"a".repeat(500)} bad`, "bad"));
    expect(end).toBe(`  1 | …${"a".repeat(96)} bad`);
  });

  test("a long mark is cut at its end", () => {
    const [source, carets] = lines(at(`x${"m".repeat(500)}z`, "m".repeat(500)));
    expect(source).toBe(`  1 | x${"m".repeat(60)}…`);
    expect(carets).toBe(`    |  ${"^".repeat(60)}`);
  });

  test("a mark that is cut at the end of its line says so too", () => {
    const [source] = lines(at(`x${"m".repeat(300)}`, "m".repeat(300)));
    expect(source).toBe(`  1 | x${"m".repeat(60)}…`);
  });

  test("what takes no room on the terminal is cut too, and said to be", () => {
    const marks = "\u0301".repeat(1000);
    const [source] = lines(at(`e${marks}bad e${marks}`, "bad"));
    expect(source).toStartWith("  1 | …");
    expect(source).toEndWith("…");
    expect(source.length).toBeLessThan(1000);
  });

  test("a line of 1 MB costs no more than a short one", () => {
    const text = `${"\t".repeat(500_000)}bad${"😀".repeat(500_000)}`;
    const index = new LineIndex(text);
    const from = index.position(500_000);
    const to = index.position(500_003);
    // Made whole each time, this would be 3,000 MB: the time limit of the test would end it.
    for (let i = 0; i < 1_000; i += 1) expect(excerpt(index, from, to).length).toBeLessThan(400);
  });

  test("bars and carets are coloured, the source is not", () => {
    const index = new LineIndex("ab");
    expect(excerpt(index, index.position(1), undefined, ANSI)).toBe(
      "\u001b[36m  1 |\u001b[39m ab\n\u001b[36m    |\u001b[39m  \u001b[31m^\u001b[39m",
    );
  });

  test("for any text and places: two lines, at most 102 columns, the mark above its carets (property)", () => {
    const piece = fc.constantFrom("a", "b", " ", "\t", "日", "😀", "\0", "\u001b", "\n", "\r\n", "é", "\ud800");
    const text = fc.array(fc.oneof(piece, fc.constantFrom("x".repeat(90), "日".repeat(70))), { maxLength: 25 });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat({ max: 40 }), (parts, a, length) => {
        const t = parts.join("");
        const from = a % (t.length + 1);
        const index = new LineIndex(t);
        const pos = index.position(from);
        const [source, carets] = lines(excerpt(index, pos, index.position(from + length)));
        expect(source.startsWith(`  ${pos.line} |`)).toBe(true);
        expect(carets).toMatch(/^ {3,}\| +\^+$/);
        expect(Bun.stringWidth(source)).toBeLessThanOrEqual(102 + `  ${pos.line} | `.length);
        const point = index.line(pos.line).codePointAt(index.indexAt(pos.line, pos.column) - index.lineStart(pos.line));
        if (point !== undefined && /[a-z日😀é]/u.test(String.fromCodePoint(point))) {
          expect(charAtColumn(source, carets.indexOf("^"))).toBe(String.fromCodePoint(point));
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The character of a printed line that stands at a column of the terminal. */
function charAtColumn(line: string, column: number): string {
  let width = 0;
  for (const character of line) {
    if (width === column) return character;
    width += Bun.stringWidth(character);
  }
  return "";
}
