/** Up to here an insertion sort beats the engine's sort, which costs more to call than such a list is long. */
const FEW = 24;

/** Sorts keys in place by UTF-16 code unit, the order of canonical JSON (scenarios.md §1), and returns them. */
export function sortKeys(keys: string[]): string[] {
  if (keys.length > FEW) return keys.sort();
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] ?? "";
    let hole = index;
    for (; hole > 0; hole--) {
      const before = keys[hole - 1] ?? "";
      if (before <= key) break;
      keys[hole] = before;
    }
    keys[hole] = key;
  }
  return keys;
}
