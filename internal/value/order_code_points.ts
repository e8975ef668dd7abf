/**
 * Compares two texts by code point, as a comparison for `sort` does (pipelines §4, §9). `<` compares UTF-16 units, which puts an
 * emoji before U+FFFD.
 *
 * @example
 * ["\u{1F600}", "\uFFFD", "a"].sort(orderCodePoints); // ["a", "\uFFFD", "\u{1F600}"]
 */
export function orderCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    // Where the halves of two pairs differ, the units themselves are in code point order.
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Moves surrogates, which begin code points above U+FFFF, behind the units from U+E000 on. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x2800 : unit;
}
