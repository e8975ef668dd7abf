/**
 * A finite double rounded to `digits` decimal places (before the point if negative), ties to even, decided on what the
 * double exactly is: `roundHalfEven(2.675, 2)` is 2.67, because that double is a little less than 2.675.
 */
export function roundHalfEven(value: number, digits: number): number {
  // No double has more than 1074 places behind the point, and none is beyond 1e309.
  if (digits > 1100 || value === 0) return value;
  if (digits < -310) return 0;
  if (digits === 0) return wholeHalfEven(value);
  const { numerator, denominator } = exact(value);
  const scale = 10n ** BigInt(Math.abs(digits));
  const [over, under] = digits > 0 ? [numerator * scale, denominator] : [numerator, denominator * scale];
  return Number(`${divideHalfEven(over, under)}e${-digits}`);
}

function wholeHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest === 0.5) return floor % 2 === 0 ? floor : floor + 1;
  return rest < 0.5 ? floor : floor + 1;
}

/** A double as a fraction of whole numbers; the denominator is a power of two. */
function exact(value: number): { readonly numerator: bigint; readonly denominator: bigint } {
  let scaled = value;
  let denominator = 1n;
  // Doubling a double is exact, and after 1074 times the smallest is whole.
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return { numerator: BigInt(scaled), denominator };
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n;
  const size = isNegative ? -numerator : numerator;
  const whole = size / denominator;
  const twice = (size % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && whole % 2n === 1n);
  const rounded = isUp ? whole + 1n : whole;
  return isNegative ? -rounded : rounded;
}
