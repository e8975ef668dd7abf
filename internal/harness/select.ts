/** What selection needs to know of a case. */
export interface Selectable {
  readonly id: string;
  /** Its file; where that has stores with `share=file`, its cases stay together (cli.md, `--shard`). */
  readonly caseFile: { readonly file: string; readonly shared: ReadonlySet<string> };
}

/** The cases whose stable id matches, unanchored. */
export function matching<T extends Selectable>(cases: readonly T[], run: RegExp | undefined): readonly T[] {
  return run === undefined ? cases : cases.filter(({ id }) => run.test(id));
}

/**
 * Shard I of N: the cases whose index (from 0) mod N is I−1; the cases of a file with `share=file` go where its first
 * one goes. Together the N shards hold every case once.
 */
export function shardOf<T extends Selectable>(
  cases: readonly T[],
  shard: { readonly index: number; readonly count: number } | undefined,
): readonly T[] {
  if (shard === undefined) return cases;
  const firstOfFile = new Map<string, number>();
  return cases.filter((selectable, position) => {
    if (selectable.caseFile.shared.size === 0) return position % shard.count === shard.index - 1;
    const first = firstOfFile.get(selectable.caseFile.file) ?? position;
    firstOfFile.set(selectable.caseFile.file, first);
    return first % shard.count === shard.index - 1;
  });
}
