import { Fault, floatFault, inexactFault, rangeFault } from "./fault.ts";

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
/** So many digits are always within 2^53-1. */
const SAFE_DIGITS = 15;
/** Sign and digits of the longest int64. */
const INT64_LENGTH = 20;

/** The strict int that a JSON integer literal (no `.`, no exponent) says, exactly. */
export function strictIntLiteral(literal: string): number | bigint | Fault {
  if (literal.length <= SAFE_DIGITS) return Number(literal) + 0;
  // Text first: a literal of a million digits must not become a bigint.
  return literal.length > INT64_LENGTH ? rangeFault(literal) : strictBigInt(BigInt(literal));
}

/** The strict int that a JavaScript number is. */
export function strictNumber(value: number): number | Fault {
  // Adding 0 turns -0 into 0.
  if (Number.isSafeInteger(value)) return value + 0;
  if (!Number.isInteger(value)) return floatFault(String(value));
  const exact = strictBigInt(BigInt(value));
  return exact instanceof Fault ? exact : inexactFault(value);
}

/** The strict int that a bigint is: a number where one is exact, so that equal ints are the same JavaScript value. */
export function strictBigInt(value: bigint): number | bigint | Fault {
  if (value < MIN_INT64 || value > MAX_INT64) return rangeFault(String(value));
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** E_VALUE_FLOAT for a JSON literal with a `.` or an exponent; the help says the int, where it is one (`2.0`: 2). */
export function floatLiteralFault(literal: string): Fault {
  const int = integralLiteral(literal);
  return floatFault(literal, int === undefined ? undefined : `write ${int}`);
}

/** The exact value of a decimal literal if that is an int64, undefined if it is not. */
function integralLiteral(literal: string): bigint | undefined {
  const parts = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (parts === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const digits = (whole + fraction).replace(/0+$/, "");
  const significant = digits.replace(/^0+/, "");
  if (significant === "") return 0n;
  const zeros = whole.length + Number(exponent) - digits.length;
  // Bounded before it is built: 1e999999999 is a short literal of a long int.
  if (zeros < 0 || significant.length + zeros > INT64_LENGTH) return undefined;
  const int = BigInt(sign + significant + "0".repeat(zeros));
  return int < MIN_INT64 || int > MAX_INT64 ? undefined : int;
}
