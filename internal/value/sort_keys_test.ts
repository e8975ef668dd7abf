import { expect, test } from "bun:test";
import fc from "fast-check";
import { sortKeys } from "./sort_keys.ts";

test("sortKeys sorts by UTF-16 code unit, short lists and long ones", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 4 }), { maxLength: 40, size: "max" }), (keys) => {
      const sorted = sortKeys([...keys]);
      expect(sorted).toEqual([...keys].sort());
      expect(sorted.every((key, index) => index === 0 || (sorted[index - 1] ?? "") <= key)).toBe(true);
    }),
  );
  expect(sortKeys(["\ue000", "\u{10000}", "a", "B"])).toEqual(["B", "a", "\u{10000}", "\ue000"]);
});
