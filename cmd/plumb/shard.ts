/** One of the shards of a run, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `I/N`; undefined if it is not that, or I is not from 1 to N. */
export function parseShard(text: string): Shard | undefined {
  const match = /^(\d{1,9})\/(\d{1,9})$/.exec(text);
  const index = Number(match?.[1] ?? 0);
  const count = Number(match?.[2] ?? 0);
  return index >= 1 && index <= count ? { index, count } : undefined;
}
