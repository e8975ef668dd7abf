/** One figure, what it promises, and whether it holds. */
export interface Measured {
  readonly name: string;
  readonly value: string;
  readonly limit: string;
  readonly ok: boolean;
}

/** A figure that must not be lower. */
export function atLeast(name: string, perSecond: number, limit: number): Measured {
  return { name, value: `${Math.round(perSecond)} /s`, limit: `at least ${limit} /s`, ok: perSecond >= limit };
}

/** A ratio that must not be higher. */
export function atMost(name: string, ratio: number, limit: number, of: string): Measured {
  return { name, value: `${ratio.toFixed(2)} ×`, limit: `at most ${limit} × ${of}`, ok: ratio <= limit };
}
