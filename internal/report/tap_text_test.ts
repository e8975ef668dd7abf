import { expect, test } from "bun:test";
import fc from "fast-check";
import { tapText, yamlText } from "./tap_text.ts";

test("what begins a directive or an escape is escaped in a description", () => {
  expect(tapText("a # TODO b \\# c\nok 2")).toBe("a \\# TODO b \\\\\\# c\\\\nok 2");
});

test("a YAML text is one quoted line", () => {
  expect(yamlText('a: "b"\n...\x85')).toBe('"a: \\"b\\"\\\\n...\\\\x85"');
});

test("a description can be read back", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const escaped = tapText(text);
      expect(escaped).not.toMatch(/(?<!\\)(\\\\)*#/);
      if (!/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) expect(escaped.replace(/\\([\\#])/g, "$1")).toBe(text);
    }),
    { numRuns: 200 },
  );
});
