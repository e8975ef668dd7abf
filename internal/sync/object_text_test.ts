import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { canonicalStrict, type Strict, toStrict } from "../value/mod.ts";
import { keyTexts, objectText } from "./object_text.ts";

const strict = fc.letrec<{ value: Strict }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: "grapheme" }).map((text) => text.normalize("NFC")),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((int) => toStrict(int)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ maxLength: 3 }).map((text) => text.normalize("NFC")),
      tie("value"),
      { maxKeys: 3 },
    ),
  ),
})).value;

test("the text of an object is its strict canonical JSON (property)", () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,3}$/);
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { maxLength: 4 }),
      fc.array(strict, { minLength: 4, maxLength: 4 }),
      (names, values) => {
        const sorted = names.toSorted();
        const object = toStrict(Object.fromEntries(sorted.map((key, index) => [key, values[index] ?? 0])));
        expect(objectText(keyTexts(sorted), values)).toBe(canonicalStrict(object));
      },
    ),
    { numRuns: 300 },
  );
});
