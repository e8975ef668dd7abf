/** What an array stands for in tagged JSON, by its first element; the rest follows. */
export const TAG = {
  /** Elements. */
  array: 0,
  /** Decimal digits. */
  bigint: 1,
  undefined: 2,
  /** A number that JSON does not have, as a text. */
  number: 3,
  /** Bytes in base64. */
  bytes: 4,
  function: 5,
  symbol: 6,
  /** An object of a class: its name. */
  object: 7,
  /** What is deeper than any value may be, or contains itself. */
  abyss: 8,
} as const;
