import { expect, test } from "bun:test";
import fc from "fast-check";
import { visibleLine, visibleText } from "./visible.ts";
import { xmlFault } from "./well_formed.ts";

test("control characters become escapes", () => {
  expect(visibleLine("a\x1b[31mred\x00\r\n\tb\x7f\x85")).toBe("a\\x1b[31mred\\x00\\r\\n\\tb\\x7f\\x85");
});

test("marks that reverse or break a line become escapes", () => {
  expect(visibleLine("a\u202eb\u2066c\u2028d\ufeff")).toBe("a\\u202eb\\u2066c\\u2028d\\ufeff");
});

test("lone surrogates and noncharacters become escapes, pairs stay", () => {
  expect(visibleLine("\ud800x\udc00 \ufffe \u{1ffff} 😀 é 漢")).toBe("\\ud800x\\udc00 \\ufffe \\u{1ffff} 😀 é 漢");
});

test("a text keeps its line breaks and tabs, and CRLF is one break", () => {
  expect(visibleText("a\r\n\tb\rc\x1b")).toBe("a\n\tb\\rc\\x1b");
});

const anyText = fc.string({ unit: "binary" });

test("a visible line is one line, legal in XML, and stays as it is when shown again", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const line = visibleLine(text);
      expect(line).not.toMatch(/\p{Cc}/u);
      expect(xmlFault(`<a>${line.replace(/[<&>]/g, "")}</a>`)).toBeUndefined();
      expect(visibleLine(line)).toBe(line);
    }),
    { numRuns: 300 },
  );
});

test("a visible text has the lines of the text", () => {
  fc.assert(
    fc.property(fc.array(anyText), (lines) => {
      const clean = lines.map((line) => line.replace(/[\r\n]/g, ""));
      expect(visibleText(clean.join("\n")).split("\n")).toHaveLength(Math.max(1, clean.length));
    }),
    { numRuns: 100 },
  );
});
