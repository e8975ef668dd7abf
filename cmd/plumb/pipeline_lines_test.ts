import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { LineCutter, LineFault } from "./pipeline_lines.ts";

/** Everything that a cutter gives for these pieces. */
function cut(pieces: readonly Uint8Array[], cutter = new LineCutter()): (string | LineFault)[] {
  const lines: (string | LineFault)[] = [];
  const take = (): void => {
    for (let line = cutter.next(); line !== undefined; line = cutter.next()) lines.push(line);
  };
  for (const piece of pieces) {
    cutter.add(piece);
    take();
  }
  cutter.end();
  take();
  return lines;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const pieces = (...texts: string[]) => texts.map(bytes);

describe("lines", () => {
  test("do not depend on how the bytes were cut (property)", () => {
    const Text = fc.array(fc.constantFrom("a", "é", "€", "😀", "\r", "\n", "\r\n", "\ufeff", " "), { maxLength: 30 });
    fc.assert(
      fc.property(Text, fc.array(fc.nat(60), { maxLength: 8 }), (parts, cuts) => {
        const whole = bytes(parts.join(""));
        const places = [0, ...cuts.filter((at) => at < whole.length).sort((a, b) => a - b), whole.length];
        const cutUp = places.slice(1).map((end, index) => whole.subarray(places[index], end));
        const expected = parts
          .join("")
          .replace(/^\ufeff/, "")
          .split("\n");
        if (
          parts
            .join("")
            .replace(/^\ufeff/, "")
            .endsWith("\n") ||
          parts.join("") === ""
        )
          expected.pop();
        expect(cut(cutUp)).toEqual(expected.map((line) => line.replace(/\r$/, "")));
      }),
      { numRuns: 300 },
    );
  });

  test("are numbered from 1", () => {
    const cutter = new LineCutter();
    cutter.add(bytes("a\nb\nc"));
    const numbers = [cutter.next(), cutter.number, cutter.next(), cutter.number];
    expect(numbers).toEqual(["a", 1, "b", 2]);
    expect(cutter.next()).toBeUndefined();
    cutter.end();
    expect([cutter.next(), cutter.number]).toEqual(["c", 3]);
  });

  test("a last line without an end is a line", () => {
    expect(cut(pieces("a\nb"))).toEqual(["a", "b"]);
    expect(cut(pieces("a\n"))).toEqual(["a"]);
    expect(cut([])).toEqual([]);
  });

  test("only the first byte-order mark is skipped, also where it comes in two pieces", () => {
    const [mark, rest] = [bytes("\ufeff").subarray(0, 1), bytes("\ufeff").subarray(1)];
    expect(cut([mark, rest, bytes("a\n\ufeffb\n")])).toEqual(["a", "\ufeffb"]);
    expect(cut([bytes("a\n"), bytes("\ufeffb\n")])).toEqual(["a", "\ufeffb"]);
  });
});

describe("what is no text", () => {
  test("spoils its own line only", () => {
    const fault = new LineFault("not UTF-8");
    expect(cut([bytes("a\n"), Uint8Array.of(0xff, 10, 0x62, 10, 0xc3, 10), bytes("c")])).toEqual([
      "a",
      fault,
      "b",
      fault,
      "c",
    ]);
  });

  test("a line that is too long is refused and not gathered; the next one is read", () => {
    const fault = new LineFault("longer than 4 bytes");
    expect(cut(pieces("abc", "de", "fg", "h\nok\n", "abcd\n"), new LineCutter(4))).toEqual([fault, "ok", "abcd"]);
    expect(cut(pieces("abc", "de"), new LineCutter(4))).toEqual([fault]);
    expect(cut(pieces("ab", "cd\n"), new LineCutter(4))).toEqual(["abcd"]);
  });
});
