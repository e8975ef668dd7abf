/** What selection needs to know of a case. */
export interface Selectable {
  readonly identity: { readonly id: string; readonly file: string };
  /** Where its file has stores with `share=file`, its cases stay together (cli.md, `--shard`). */
  readonly source: { readonly shared: ReadonlySet<string> };
}

/** The cases whose stable id matches, unanchored. */
export function matching<T extends Selectable>(cases: readonly T[], run: RegExp | undefined): readonly T[] {
  return run === undefined ? cases : cases.filter(({ identity }) => run.test(identity.id));
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
    if (selectable.source.shared.size === 0) return position % shard.count === shard.index - 1;
    const first = firstOfFile.get(selectable.identity.file) ?? position;
    firstOfFile.set(selectable.identity.file, first);
    return first % shard.count === shard.index - 1;
  });
}
