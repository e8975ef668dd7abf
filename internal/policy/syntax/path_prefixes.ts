/** The names that a path of names may begin with, the longest first: of `a`, `b`, `c` that is `a.b.c`, `a.b`, `a`. */
export function pathPrefixes(names: readonly string[]): readonly string[] {
  // Slices of one text: to join each anew would take the cube of the number of names.
  const whole = names.join(".");
  const prefixes = [whole];
  for (let end = whole.lastIndexOf("."); end >= 0; end = end > 0 ? whole.lastIndexOf(".", end - 1) : -1) {
    prefixes.push(whole.slice(0, end));
  }
  return prefixes;
}
