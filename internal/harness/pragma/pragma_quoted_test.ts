import { expect, test } from "bun:test";
import fc from "fast-check";
import { readQuoted } from "./pragma_quoted.ts";

test("the text ends at the next quote of its own kind", () => {
  expect(readQuoted(`x="it's" y`, 2, '"')).toEqual({ text: "it's", end: 8 });
  expect(readQuoted(`'say "hi"'`, 0, "'")).toEqual({ text: 'say "hi"', end: 10 });
  expect(readQuoted(`""`, 0, '"')).toEqual({ text: "", end: 2 });
});

test("each escape of the page is read", () => {
  const text = String.raw`"\" \' \\ \/ \b \f \n \r \t \u0041 \ud83d\ude00"`;
  expect(readQuoted(text, 0, '"')).toEqual({ text: "\" ' \\ / \b \f \n \r \t A 😀", end: text.length });
});

test("any other escape is bad at the first character that does not fit", () => {
  expect(readQuoted(String.raw`"a\qb"`, 0, '"')?.badEscape).toBe(3);
  expect(readQuoted(String.raw`"\x41\q"`, 0, '"')).toEqual({ text: "41", end: 8, badEscape: 2 });
  expect(readQuoted(String.raw`"\u12G4"`, 0, '"')?.badEscape).toBe(5);
  expect(readQuoted(String.raw`"\u12"`, 0, '"')?.badEscape).toBe(5);
  expect(readQuoted(String.raw`"\constructor"`, 0, '"')?.badEscape).toBe(2);
});

test("without a closing quote there is no text", () => {
  for (const text of ['"', '"abc', '"abc\\"', '"\\', `"abc'`, '"\\u12']) {
    expect(readQuoted(text, 0, '"')).toBeUndefined();
  }
});

test("a JSON string in double quotes reads as JSON reads it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (content, after) => {
      const written = JSON.stringify(content);
      expect(readQuoted(written + after, 0, '"')).toEqual({ text: content, end: written.length });
    }),
  );
});
