/**
 * Ends of a sequence of steps in their order. Put together without copying, because bodies may be nested thousands of
 * levels deep.
 */
export type Exits<Exit> = Exit | readonly [Exits<Exit>, Exits<Exit>];

/** The exits one by one. An exit is no array. */
export function* eachExit<Exit extends object>(exits: Exits<Exit>): Generator<Exit> {
  const rest: Exits<Exit>[] = [exits];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (isPair(next)) rest.push(next[1], next[0]);
    else yield next;
  }
}

function isPair<Exit>(exits: Exits<Exit>): exits is readonly [Exits<Exit>, Exits<Exit>] {
  return Array.isArray(exits);
}
