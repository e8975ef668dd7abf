/** Throws a RangeError unless `ms` is a whole, exactly representable number of milliseconds. */
export function checkMs(ms: number, what: string): void {
  if (!Number.isSafeInteger(ms)) throw new RangeError(`${what} is ${ms}; a whole number of milliseconds is expected`);
}
