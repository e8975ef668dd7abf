import { type Rng, seededRng } from "../world/mod.ts";

/** What chance gives a run. */
export interface RunDraws {
  /** For policies: first those that the mocks give, then seeded ones. */
  readonly draw: () => number;
  /** For plugins. */
  readonly random: () => number;
}

/** What the generators of all runs without a seed are split from. */
const RUNS = seededRng(0);

/** The generator of a run: seeded by `--seed`, else by its run_id (flows §11). */
export function runRng(runId: string, seed: number | undefined): Rng {
  return seed === undefined ? RUNS.split(`run ${runId}`) : seededRng(seed);
}

/** Draws that plugins make change no policy's. */
export function runDraws(rng: Rng, first: readonly number[]): RunDraws {
  const policies = rng.split("policies");
  const plugins = rng.split("plugins");
  let used = 0;
  return {
    draw() {
      const draw = first[used];
      used += 1;
      return draw ?? policies.next();
    },
    random: () => plugins.next(),
  };
}
