import { expect, test } from "bun:test";
import { xmlFault } from "./well_formed.ts";

test("a well-formed document has no fault", () => {
  expect(xmlFault(`<?xml version="1.0"?>\n<a b="&quot;"><c d="1"/>x &amp; y &#10;</a>\n`)).toBeUndefined();
});

test.each([
  ["<a><b></a>", "</a> closes <b>"],
  ["<a>", "<a> is not closed"],
  ["<a/><b/>", "2 roots"],
  ["", "0 roots"],
  ["<a/>x", "text outside of the root: x"],
  ["<a>x & y</a>", "bare & at 5"],
  ["<a>]]></a>", "]]> outside of CDATA"],
  ["<a>\u0000</a>", "illegal character at 3"],
  ["<a>\ud800</a>", "illegal character at 3"],
  ["<a b=1/>", "no tag: <a b=1/>"],
  ['<a b="<"/>', "no tag: <"],
  ["<a>1 < 2</a>", "no tag: <"],
])("%j has a fault", (document, fault) => {
  expect(xmlFault(document)).toBe(fault);
});
