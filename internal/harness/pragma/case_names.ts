/**
 * Gives the cases of a file names of their own, in their order: the first of a name keeps it, the next get `#2`, `#3` …
 * (ami-tests §3). A number that would make the name of an earlier case, since someone wrote `#2` himself, is passed over.
 *
 * @example
 * const next = uniqueNames();
 * [next("a"), next("b"), next("a")]; // ["a", "b", "a#2"]
 */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (name) => {
    let count = (counts.get(name) ?? 0) + 1;
    while (taken.has(numbered(name, count))) count += 1;
    counts.set(name, count);
    const unique = numbered(name, count);
    taken.add(unique);
    return unique;
  };
}

function numbered(name: string, count: number): string {
  return count === 1 ? name : `${name}#${count}`;
}
