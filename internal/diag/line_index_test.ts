import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LineIndex, type Position } from "./mod.ts";

/** The definition, slow and plain: what stands before the index says everything. */
function reference(text: string, index: number): Position {
  const splitsPair = /[\ud800-\udbff]$/.test(text.slice(0, index)) && /^[\udc00-\udfff]/.test(text.slice(index));
  const before = text.slice(0, splitsPair ? index - 1 : index);
  const betweenCrAndLf = before.endsWith("\r") && text[index] === "\n";
  const lines = (betweenCrAndLf ? `${before.slice(0, -1)}.` : before).split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? "";
  const bom = lines.length === 1 && last.startsWith("\ufeff") ? 1 : 0;
  return {
    line: lines.length,
    column: [...last].length - bom + 1,
    offset: new TextEncoder().encode(before).length,
  };
}

const pieces = fc.constantFrom(
  "\n",
  "\r",
  "\r\n",
  "a",
  " ",
  "\t",
  "\0",
  "é",
  "日",
  "\ufeff",
  "😀",
  "\ud800",
  "\udc00",
  "\u2028",
);
/** Pieces that carry what follows them to, and over, the places where the index keeps its marks. */
const fillers = fc.constantFrom(
  "x".repeat(1022),
  "x".repeat(1023),
  "x".repeat(1024),
  "😀".repeat(511),
  "é".repeat(1023),
  "\n".repeat(1023),
);
const text = fc.oneof(
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
  fc
    .array(fc.oneof({ weight: 5, arbitrary: pieces }, { weight: 1, arbitrary: fillers }), { maxLength: 20 })
    .map((p) => p.join("")),
);
const textAndIndex = text.chain((t) => fc.tuple(fc.constant(t), fc.nat({ max: t.length })));

describe("LineIndex", () => {
  test("position is that of the naive reference, for any text and index (property)", () => {
    fc.assert(
      fc.property(textAndIndex, ([t, index]) => {
        expect(new LineIndex(t).position(index)).toEqual(reference(t, index));
      }),
      { numRuns: 500 },
    );
  });

  test("position is that of the reference at every index of a short text (property)", () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const t = parts.join("");
        const index = new LineIndex(t);
        for (let i = 0; i <= t.length; i += 1) expect(index.position(i)).toEqual(reference(t, i));
      }),
    );
  });

  test("lines are those of split, and line starts those of their positions (property)", () => {
    fc.assert(
      fc.property(text, (t) => {
        const lines = t.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
        const index = new LineIndex(t);
        expect(index.lineCount).toBe(lines.length);
        for (const n of new Set([1, 2, lines.length >> 1, lines.length - 1, lines.length])) {
          if (n < 1 || n > lines.length) continue;
          expect(index.line(n)).toBe(lines[n - 1] ?? "no such line");
          expect(index.position(index.lineStart(n))).toMatchObject({ line: n, column: 1 });
        }
      }),
    );
  });

  test("indexAt undoes position, except inside a line end or a pair (property)", () => {
    fc.assert(
      fc.property(textAndIndex, ([t, i]) => {
        const index = new LineIndex(t);
        const { line, column } = index.position(i);
        const there = index.indexAt(line, column);
        expect(index.position(there).line).toBe(line);
        expect(there).toBeLessThanOrEqual(index.lineEnd(line));
        if (i <= index.lineEnd(line)) expect(index.position(there).column).toBe(column);
      }),
      { numRuns: 300 },
    );
  });

  test("columns of a long line of surrogate pairs are found, wherever the marks fall", () => {
    const index = new LineIndex(`x${"😀".repeat(5_000)}`);
    for (let column = 2; column <= 5_001; column += 7) expect(index.indexAt(1, column)).toBe(1 + 2 * (column - 2));
  });

  test("a text without anything has one empty line", () => {
    const index = new LineIndex("");
    expect(index.lineCount).toBe(1);
    expect(index.line(1)).toBe("");
    expect(index.position(0)).toEqual({ line: 1, column: 1, offset: 0 });
  });

  test("behind a last line end there is one more, empty line", () => {
    expect(new LineIndex("a\r\n").lineCount).toBe(2);
    expect(new LineIndex("a\r\n").position(3)).toEqual({ line: 2, column: 1, offset: 3 });
  });

  test("an initial byte-order mark takes three bytes and no column; a later one is a character", () => {
    const index = new LineIndex("\ufeffab\ufeffc");
    expect(index.position(0)).toEqual({ line: 1, column: 1, offset: 0 });
    expect(index.position(1)).toEqual({ line: 1, column: 1, offset: 3 });
    expect(index.position(4)).toEqual({ line: 1, column: 4, offset: 8 });
    expect(index.line(1)).toBe("ab\ufeffc");
  });

  test("an index outside the text is that of its nearest end", () => {
    const index = new LineIndex("ab");
    expect(index.position(-1)).toEqual(index.position(0));
    expect(index.position(99)).toEqual(index.position(2));
  });

  test("a line that is not there is empty and starts at the end of the text", () => {
    const index = new LineIndex("a\nb");
    for (const n of [0, -1, 3, 99]) {
      expect(index.line(n)).toBe("");
      expect(index.lineStart(n)).toBe(3);
      expect(index.indexAt(n, 1)).toBe(3);
    }
  });

  test("a column behind the line is the end of that line", () => {
    expect(new LineIndex("ab\r\ncd").indexAt(1, 99)).toBe(2);
  });

  test("the end of a line of 4 MB is found ten thousand times without reading the line again", () => {
    const index = new LineIndex(`é${"x".repeat(4_000_000)}`);
    let sum = 0;
    // Read from its start each time, this would be 40,000,000,000 characters: the time limit of the test would end it.
    for (let i = 0; i < 10_000; i += 1) sum += index.position(4_000_001).column;
    expect(sum).toBe(10_000 * 4_000_002);
  });
});
