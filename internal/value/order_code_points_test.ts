import { expect, test } from "bun:test";
import fc from "fast-check";
import { orderCodePoints } from "./order_code_points.ts";

const text = fc.string({
  unit: fc.constantFrom("a", "b", "é", "\ud7ff", "\ue000", "\uffff", "😀", "😁", "\u{10ffff}"),
});

test("texts are in the order of their code points, which is that of their UTF-8 bytes (property)", () => {
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(orderCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

test("an emoji is behind U+FFFD, and a text behind its beginning", () => {
  expect(["😀", "\ufffd", "aa", "", "a"].sort(orderCodePoints)).toEqual(["", "a", "aa", "\ufffd", "😀"]);
});
