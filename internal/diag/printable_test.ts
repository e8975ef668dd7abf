import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { printable } from "./mod.ts";

describe("printable", () => {
  test("NUL, escape and delete become their pictures", () => {
    expect(printable("a\0b\u001b[31mc\u007f")).toBe("a␀b␛[31mc␡");
  });

  test("a tab becomes four blanks", () => {
    expect(printable("\ta\tb")).toBe("    a    b");
  });

  test("line ends cannot break the line", () => {
    expect(printable("a\r\nb\u2028c\u2029d\u0085e")).toBe("a␍␊b\ufffdc\ufffdd\ufffde");
  });

  test("bidirectional controls, byte-order marks and lone surrogates become U+FFFD", () => {
    expect(printable("\u202e\u2066\u200f\ufeff\u200b\ud800\udc00".slice(0, 6))).toBe("\ufffd".repeat(6));
    expect(printable("\udc00")).toBe("\ufffd");
  });

  test("letters of any script, emoji and joiners stay", () => {
    const text = "é 日本 Жλ 😀 👩‍👩‍👧 नि क्‌ष";
    expect(printable(text)).toBe(text);
  });

  test("whatever comes in, nothing that a terminal obeys comes out (property)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = printable(text);
        for (const character of shown) {
          const code = character.codePointAt(0) ?? 0;
          expect(code >= 0x20 && !(code >= 0x7f && code < 0xa0)).toBe(true);
        }
        expect(printable(shown)).toBe(shown);
      }),
    );
  });
});
