import { expect, test } from "bun:test";
import fc from "fast-check";
import { sfc32 } from "./sfc32.ts";

/** The published algorithm in unbounded integers, cut to 32 bits by hand. */
function reference(seed: readonly [number, number, number], count: number): number[] {
  const word = (x: bigint): bigint => BigInt.asUintN(32, x);
  let [a, b, c] = [word(BigInt(seed[0])), word(BigInt(seed[1])), word(BigInt(seed[2]))];
  let counter = 1n;
  const drawn: number[] = [];
  for (let i = 0; i < 12 + count; i += 1) {
    const sum = word(a + b + counter);
    counter += 1n;
    a = b ^ (b >> 9n);
    b = word(c + (c << 3n));
    c = word(word((c << 21n) | (c >> 11n)) + sum);
    drawn.push(Number(sum));
  }
  return drawn.slice(12);
}

test("draws what the published algorithm draws (property)", () => {
  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(fc.tuple(word, word, word), (seed) => {
      const draw = sfc32(seed);
      expect(Array.from({ length: 20 }, draw)).toEqual(reference(seed, 20));
    }),
  );
});
