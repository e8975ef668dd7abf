import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Rng, seededRng } from "./mod.ts";

const seeds = fc.maxSafeInteger();

function draws(rng: Rng, count = 8): number[] {
  return Array.from({ length: count }, () => rng.next());
}

describe("seededRng", () => {
  test("the numbers of a seed are fixed for ever: golden files depend on them", () => {
    const rng = seededRng(42);
    expect([rng.int(100), rng.int(100), rng.next(), rng.int(2 ** 40)]).toEqual([
      84, 84, 0.6218282184784029, 651309122573,
    ]);
    expect(draws(seededRng(42).split("a_test.ami::a"), 3)).toEqual([
      0.7017368242771659, 0.11934839516150642, 0.6271438102025564,
    ]);
  });

  test("the same seed gives the same numbers, another seed others (property)", () => {
    fc.assert(
      fc.property(seeds, seeds, (a, b) => {
        expect(draws(seededRng(a))).toEqual(draws(seededRng(a)));
        fc.pre(a !== b);
        expect(draws(seededRng(a))).not.toEqual(draws(seededRng(b)));
      }),
    );
  });

  test("a seed that is no whole number is refused", () => {
    for (const seed of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => seededRng(seed)).toThrow(RangeError);
    }
  });

  test("-0 is the seed 0", () => {
    expect(draws(seededRng(-0))).toEqual(draws(seededRng(0)));
  });

  test("next lies in [0, 1) and uses all 53 bits (property)", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        for (const x of draws(seededRng(seed))) {
          expect(x >= 0 && x < 1).toBe(true);
          expect(Number.isInteger(x * 2 ** 53)).toBe(true);
        }
      }),
    );
    expect(draws(seededRng(1), 64).some((x) => !Number.isInteger(x * 2 ** 52))).toBe(true);
  });

  test("next is spread evenly", () => {
    const rng = seededRng(7);
    const buckets = new Array<number>(16).fill(0);
    for (let i = 0; i < 16_000; i += 1) {
      const bucket = Math.floor(rng.next() * 16);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    // The standard deviation is about 31; the seed is fixed, so this cannot fail by chance.
    for (const count of buckets) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});

describe("int", () => {
  test("is a whole number from 0 to n - 1, for any n (property)", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (seed, n) => {
        const rng = seededRng(seed);
        for (let i = 0; i < 8; i += 1) {
          const x = rng.int(n);
          expect(Number.isInteger(x) && x >= 0 && x < n).toBe(true);
        }
      }),
    );
  });

  test("of 1 is 0", () => {
    expect(seededRng(3).int(1)).toBe(0);
  });

  test("reaches every number of a small range", () => {
    const rng = seededRng(3);
    expect(new Set(Array.from({ length: 200 }, () => rng.int(7))).size).toBe(7);
  });

  test("favours no number: without rejection, a range of 3 * 2^30 would give its first third half of the draws", () => {
    for (const n of [3 * 2 ** 30, 3 * 2 ** 51]) {
      const rng = seededRng(11);
      let first = 0;
      for (let i = 0; i < 6_000; i += 1) if (rng.int(n) < n / 3) first += 1;
      expect(Math.abs(first - 2_000)).toBeLessThan(200);
    }
  });

  test("of anything but a whole number from 1 is refused", () => {
    for (const n of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => seededRng(1).int(n)).toThrow(RangeError);
    }
  });
});

describe("split", () => {
  test("does not depend on what was drawn or split before, nor on other parts (property)", () => {
    fc.assert(
      fc.property(
        seeds,
        fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 6 }),
        fc.nat({ max: 9 }),
        (seed, ids, n) => {
          const alone = ids.map((id) => draws(seededRng(seed).split(id)));
          const shared = seededRng(seed);
          draws(shared, n);
          const parts = ids.toReversed().map((id) => shared.split(id));
          // Drawn in turns, so that one part could disturb another.
          const together = parts.map((): number[] => []);
          for (let i = 0; i < 8; i += 1) {
            for (const [p, part] of parts.entries()) together[p]?.push(part.next());
          }
          expect(together.toReversed()).toEqual(alone);
        },
      ),
    );
  });

  test("does not disturb the generator that it is taken from", () => {
    const rng = seededRng(5);
    const first = rng.next();
    rng.split("a").next();
    expect([first, rng.next()]).toEqual(draws(seededRng(5), 2));
  });

  test("parts of other names have other numbers, and so has the whole (property)", () => {
    fc.assert(
      fc.property(seeds, fc.string(), fc.string(), (seed, a, b) => {
        fc.pre(a !== b);
        const rng = seededRng(seed);
        expect(draws(rng.split(a))).not.toEqual(draws(rng.split(b)));
        expect(draws(rng.split(a))).not.toEqual(draws(seededRng(seed)));
      }),
    );
  });

  test("a part of a part is not the part of the joined name", () => {
    const rng = seededRng(5);
    expect(draws(rng.split("a").split("b"))).not.toEqual(draws(rng.split("ab")));
    expect(draws(rng.split("a").split("b"))).not.toEqual(draws(rng.split("b").split("a")));
  });
});
