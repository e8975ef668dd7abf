/** Compares by UTF-16 code unit, the order of everything that is sorted (DESIGN, determinism). */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
