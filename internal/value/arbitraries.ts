import fc from "fast-check";
import { type Json, type Strict, setKey, type Value } from "./json.ts";

// For property tests: values as nasty as the pages allow.

/** Well-formed text: any code point, and often what JSON, objects or NFC treat in a way of its own. */
export const textArbitrary: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme-ascii", maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.string({ unit: fc.constantFrom("\n", '"', "\\", ":", "u", "d", "\u0301", "e", "\u00e9", "\u2028"), maxLength: 6 }),
);

const keyArbitrary = fc.oneof(
  fc.constantFrom("", "a", "b", "Z", "1", "2", "10", "010", "4294967295", "__proto__", "constructor", "toJSON", "a:b"),
  fc.constantFrom("\ue000", "\u{10000}", "e\u0301", "\u00e9", "length"),
  textArbitrary,
);

/** Any value of the general profile. */
export const jsonArbitrary: fc.Arbitrary<Json> = treeArbitrary<null>(
  fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1e21, 1e-7, 2 ** 53),
    textArbitrary,
  ),
  (key) => key,
);

/** Any value of the strict profile as a handler may give it: text not normalised, small ints also as bigints. */
export const strictArbitrary: fc.Arbitrary<Strict> = treeArbitrary<bigint>(
  fc.oneof(
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.constant(-0),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -5n, max: 5n }),
    textArbitrary,
  ),
  (key) => key.normalize("NFC"),
);

/** A value, and the same value with the keys of its objects inserted in another order. */
export function reorderedTwins<V extends Value>(values: fc.Arbitrary<V>): fc.Arbitrary<[V, Value]> {
  return fc.tuple(values, fc.nat()).map(([value, seed]) => [value, reinserted(value, seed)]);
}

/** A value as text that tells apart what canonical JSON does not: the order of keys, ints held as numbers or bigints. */
export function exactText(value: unknown): string {
  return JSON.stringify(value, (_, member) => (typeof member === "bigint" ? `${member}n` : member));
}

type Tree<Extra> = boolean | number | string | Extra | Tree<Extra>[] | { [key: string]: Tree<Extra> };

function treeArbitrary<Extra>(
  scalars: fc.Arbitrary<boolean | number | string | Extra>,
  identity: (key: string) => string,
): fc.Arbitrary<Tree<Extra>> {
  const { tree } = fc.letrec<{ tree: Tree<Extra> }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", maxDepth: 4, withCrossShrink: true },
      scalars,
      fc.array(tie("tree"), { maxLength: 4 }),
      fc
        .uniqueArray(fc.tuple(keyArbitrary, tie("tree")), { maxLength: 6, selector: ([key]) => identity(key) })
        .map(objectOf),
    ),
  }));
  return tree;
}

function objectOf<V>(entries: [string, V][]): { [key: string]: V } {
  const object: { [key: string]: V } = {};
  for (const [key, value] of entries) setKey(object, key, value);
  return object;
}

function reinserted(value: Value, seed: number): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => reinserted(item, seed));
  const entries = Object.entries(value).map(([key, member]): [string, Value] => [key, reinserted(member, seed)]);
  const cut = entries.length === 0 ? 0 : seed % entries.length;
  return objectOf([...entries.slice(cut), ...entries.slice(0, cut)].reverse());
}
