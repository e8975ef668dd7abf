import { fail } from "./worker_failure.ts";
import { MAX_SIZE } from "./worker_limits.ts";
import type { Run } from "./worker_run.ts";

// Strings have at most MAX_SIZE code points. A code point is one or two UTF-16 units, so that the length in units, which
// costs nothing, mostly decides.

/** `a + b`; E_WORKER_SIZE before anything too long is made. */
export function concat(run: Run, a: string, b: string): string {
  if (a.length + b.length > MAX_SIZE) {
    checkUnits(a.length + b.length);
    checkCharacters(run.codePoints.count(a) + run.codePoints.count(b));
  }
  const joined = a + b;
  run.codePoints.joined(a, b, joined);
  return joined;
}

/** Returns the text; E_WORKER_SIZE if it is too long. Whoever makes it has bounded it by `checkUnits` first. */
export function checkText(run: Run, text: string): string {
  if (text.length > MAX_SIZE) {
    checkUnits(text.length);
    checkCharacters(run.codePoints.count(text));
  }
  return text;
}

/** E_WORKER_SIZE if no text of so many UTF-16 units can be short enough. */
export function checkUnits(units: number): void {
  if (units > 2 * MAX_SIZE) tooLong();
}

function checkCharacters(count: number): void {
  if (count > MAX_SIZE) tooLong();
}

function tooLong(): never {
  return fail("E_WORKER_SIZE", `a string has more than ${MAX_SIZE} characters`);
}
