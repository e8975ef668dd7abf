/**
 * A recursive function that uses no call stack: files nest as deep as their author likes, and a file of a hostile one must
 * not end the process (flows §1). It is written as recursion is, with `yield* into(f(child))` for `f(child)`.
 *
 * @example
 * function* depth(node: Tree): Deep<number> {
 *   let deepest = 0;
 *   for (const child of node.children) deepest = Math.max(deepest, yield* into(depth(child)));
 *   return 1 + deepest;
 * }
 * runDeep(depth(tree));
 */
export type Deep<T> = Generator<Deep<unknown>, T, unknown>;

/** Calls a deep function from another one. */
export function* into<T>(call: Deep<T>): Deep<T> {
  // The runner sends back what the call returned: nobody else resumes a deep function.
  return (yield call) as T;
}

/** Calls a deep function from an ordinary one. */
export function runDeep<T>(call: Deep<T>): T {
  const running: Deep<unknown>[] = [];
  let top: Deep<unknown> = call;
  let result: unknown;
  for (;;) {
    const step = top.next(result);
    if (step.done !== true) {
      running.push(top);
      top = step.value;
      result = undefined;
      continue;
    }
    result = step.value;
    const caller = running.pop();
    if (caller === undefined) return result as T;
    top = caller;
  }
}
