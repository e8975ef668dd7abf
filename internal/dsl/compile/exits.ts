/** Where a sequence of steps ends: a node, and of a switch the case. */
export interface Exit {
  readonly from: string;
  readonly case: string | undefined;
}

/** Exits in their order. Put together without copying, because bodies may be nested thousands of levels deep. */
export type Exits = Exit | readonly [Exits, Exits];

/** The exits one by one. */
export function* eachExit(exits: Exits): Generator<Exit> {
  const rest: Exits[] = [exits];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (isPair(next)) rest.push(next[1], next[0]);
    else yield next;
  }
}

function isPair(exits: Exits): exits is readonly [Exits, Exits] {
  return Array.isArray(exits);
}
