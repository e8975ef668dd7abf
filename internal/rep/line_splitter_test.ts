import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LineSplitter } from "./line_splitter.ts";

function split(limit: number, chunks: readonly Uint8Array[], goesOn = false) {
  const lines: string[] = [];
  let overflows = 0;
  const splitter = new LineSplitter(limit, {
    line: (bytes) => lines.push(Buffer.from(bytes).toString("latin1")) > 0,
    tooLong: () => {
      overflows += 1;
      return goesOn;
    },
  });
  for (const chunk of chunks) splitter.push(chunk);
  return { lines, overflows, partial: Buffer.from(splitter.partial).toString("latin1") };
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

describe("lines", () => {
  test("end in LF; a CR before it is no part of them", () => {
    expect(split(10, [bytes("a\nb\r\n\nc\rd\ne")])).toEqual({
      lines: ["a", "b", "", "c\rd"],
      overflows: 0,
      partial: "e",
    });
  });

  test("may be as long as the limit and no longer, in one piece or in many", () => {
    expect(split(3, [bytes("abc\r\n")]).lines).toEqual(["abc"]);
    expect(split(3, [..."abc\r\n"].map(bytes)).lines).toEqual(["abc"]);
    expect(split(3, [bytes("abcd\n")])).toMatchObject({ lines: [], overflows: 1 });
    expect(split(3, [..."abcd\nx\n"].map(bytes))).toEqual({ lines: [], overflows: 1, partial: "" });
    expect(split(3, [bytes("abcde")])).toMatchObject({ overflows: 1, partial: "" });
  });

  test("that are too long can be left out, whatever their length", () => {
    const text = "abcd\nx\nabcdefghijk\n\ny\nabcdef";
    const seen = { lines: ["x", "", "y"], overflows: 3, partial: "" };
    expect(split(3, [bytes(text)], true)).toEqual(seen);
    expect(split(3, [...text].map(bytes), true)).toEqual(seen);
  });

  test("are the same whatever pieces they come in", () => {
    const text = fc.stringMatching(/^[ab\r\n]{0,60}$/);
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 9 })), (text, sizes) => {
        const chunks: Uint8Array[] = [];
        let rest = text;
        for (const size of sizes) {
          chunks.push(bytes(rest.slice(0, size)));
          rest = rest.slice(size);
        }
        chunks.push(bytes(rest));
        const lines = text.split("\n");
        const partial = lines.pop() ?? "";
        expect(split(100, chunks)).toEqual({
          lines: lines.map((line) => line.replace(/\r$/, "")),
          overflows: 0,
          partial,
        });
      }),
    );
  });

  test("whoever takes them can stop", () => {
    const lines: number[] = [];
    const splitter = new LineSplitter(10, { line: ({ length }) => lines.push(length) < 2, tooLong: () => false });
    splitter.push(bytes("a\nbb\nccc\nd"));
    splitter.push(bytes("e\n"));
    expect(lines).toEqual([1, 2]);
    expect(splitter.partial.length).toBe(0);
  });
});
