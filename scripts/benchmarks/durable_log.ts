import { rmSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../internal/store/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import { countingProgram, countSteps } from "./counting.ts";
import { atLeast, type Measured } from "./measured.ts";

const MIB = 1024 * 1024;
const STEPS = 10_000;
/** The first rounds compile; the fastest of the rest is what the code and the disk can do. */
const ROUNDS = 8;
const MANY_STEPS = 1_000_000;

/** The engine on a log on disk, with group commit: steps a second, and memory (issue 4). */
export async function durableLog(folder: string): Promise<readonly Measured[]> {
  return [
    atLeast(`engine steps on disk, a log of ${STEPS}`, await stepsPerSecond(folder), 25_000),
    await memory(folder),
  ];
}

async function stepsPerSecond(folder: string): Promise<number> {
  const program = await countingProgram(folder);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const path = join(folder, `durable-${round}.db`);
    const store = openStore(path, { specHash: program.specHash });
    store.migrate(program.stateTables);
    const start = wall.monotonicMs();
    countSteps(program, store, STEPS);
    best = Math.min(best, (wall.monotonicMs() - start) / 1000);
    store.close();
    rmSync(path);
  }
  return STEPS / best;
}

/** A process of its own, so that nothing else is in its memory. */
async function memory(folder: string): Promise<Measured> {
  const script = join(import.meta.dir, "durable_memory.ts");
  const child = Bun.spawn([process.execPath, script, folder, String(MANY_STEPS)], {
    stdout: "pipe",
    stderr: "inherit",
  });
  const [early = Number.NaN, late = Number.NaN] = JSON.parse(await new Response(child.stdout).text());
  return {
    name: `  resident memory at the end of a log of ${MANY_STEPS}`,
    value: `${(late / MIB).toFixed(1)} MiB`,
    limit: `flat: at most 1.3 × ${(early / MIB).toFixed(1)} MiB after a fifth of it`,
    ok: late <= 1.3 * early,
  };
}
