import { expect, test } from "bun:test";
import fc from "fast-check";
import { xmlFault } from "./well_formed.ts";
import { xmlAttributes, xmlText } from "./xml.ts";

test("markup and illegal characters are escaped in text", () => {
  expect(xmlText(`<a b="c">&amp; ]]>\x00\ufffe\n\t`)).toBe('&lt;a b="c"&gt;&amp;amp; ]]&gt;\\x00\\ufffe\n\t');
});

test("attributes are on one line, quoted, and left out where undefined", () => {
  expect(xmlAttributes({ name: 'a"<\n\t', line: 3, file: undefined })).toBe(' name="a&quot;&lt;\\n\\t" line="3"');
});

test("no text makes a document that is not well-formed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(xmlFault(`<a${xmlAttributes({ b: text })}>${xmlText(text)}</a>`)).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
