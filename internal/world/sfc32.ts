/**
 * The generator SFC32 ("small fast counting", Chris Doty-Humphrey, PractRand, public domain): 128 bits of state, of which
 * the counter makes every period at least 2^32 long. Returns a function that draws whole numbers from 0 to 2^32 - 1.
 */
export function sfc32(seed: readonly [number, number, number]): () => number {
  let [a, b, c] = seed;
  let counter = 1;
  const draw = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  // The author's seeding: the words of the seed must meet before the first number is given out.
  for (let round = 0; round < 12; round += 1) draw();
  return draw;
}
