import { sfc32 } from "./sfc32.ts";

// Taken here, because threads that run modules of users close what `Bun` has.
const { CryptoHasher } = Bun;

/** Random numbers that are the same in every run. */
export interface Rng {
  /** The next number in [0, 1), with 53 random bits. */
  next(): number;
  /** The next whole number from 0 to n - 1, all equally likely. Throws a RangeError unless n is from 1 to 2^53 - 1. */
  int(n: number): number;
  /** The generator of the part `id`. It depends on the seed and on `id` alone: not on what was drawn or split before. */
  split(id: string): Rng;
}

/**
 * The generator of a seed, any whole number. The numbers of a seed are fixed for ever: they are in people's golden files.
 *
 * ```ts
 * const rng = seededRng(42).split("a_test.ami::slow"); // the same whatever other cases there are
 * rng.int(6); // 0…5
 * ```
 */
export function seededRng(seed: number): Rng {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`the seed is ${seed}; a whole number is expected`);
  // -0 prints as 0, so that the two are one seed.
  return new Sfc32Rng(() => digest(`plumb/rng/v1\0${seed}`));
}

const TWO_32 = 2 ** 32;
const TWO_53 = 2 ** 53;

class Sfc32Rng implements Rng {
  /** SHA-256 of the path of seeds and ids that led here. Made when it is needed, as is what draws: most worlds draw nothing. */
  #key: Buffer | (() => Buffer);
  #draw: (() => number) | undefined;

  constructor(key: () => Buffer) {
    this.#key = key;
  }

  next(): number {
    return this.#bits53() / TWO_53;
  }

  int(n: number): number {
    if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`int(${n}): a whole number from 1 is expected`);
    const range = n <= TWO_32 ? TWO_32 : TWO_53;
    // What lies above the last multiple of n is drawn again: it would favour the small numbers.
    const fair = range - (range % n);
    for (;;) {
      const bits = range === TWO_32 ? this.#bits32() : this.#bits53();
      if (bits < fair) return bits % n;
    }
  }

  split(id: string): Rng {
    return new Sfc32Rng(() => digest(this.#digested(), id));
  }

  #bits32(): number {
    this.#draw ??= drawing(this.#digested());
    return this.#draw();
  }

  #digested(): Buffer {
    if (typeof this.#key === "function") this.#key = this.#key();
    return this.#key;
  }

  #bits53(): number {
    const high = this.#bits32() >>> 5;
    return high * 2 ** 26 + (this.#bits32() >>> 6);
  }
}

function drawing(key: Buffer): () => number {
  return sfc32([key.readInt32LE(0), key.readInt32LE(4), key.readInt32LE(8)]);
}

function digest(...parts: (string | Buffer)[]): Buffer {
  const hasher = new CryptoHasher("sha256");
  for (const part of parts) hasher.update(part);
  return hasher.digest();
}
