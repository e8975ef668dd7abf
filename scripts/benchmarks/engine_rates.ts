import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openReader, openTemplate, type Store } from "../../internal/store/mod.ts";
import { NO_HANDLERS, type Program, replay } from "../../internal/sync/mod.ts";
import { canonicalStrict, invocationId } from "../../internal/value/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import { type Counting, countingProgram, countSteps } from "./counting.ts";
import { atLeast, type Measured } from "./measured.ts";

/** Long enough for the indexes of the log to grow. */
const STEPS = 20_000;
/** The first rounds compile; the fastest of the rest is what the code can do, since everything else only disturbs. */
const ROUNDS = 8;

/** The concept engine in memory, canonical form and ids, and replay (issue 4). */
export async function engineRates(folder: string): Promise<readonly Measured[]> {
  const program = await countingProgram(folder);
  return [
    atLeast("engine steps in memory", stepsPerSecond(program), 50_000),
    atLeast("  all in one flow", stepsPerSecond(program, { flowSteps: STEPS }), 50_000),
    atLeast("  each with an effect and a where-query", stepsPerSecond(program, { action: "Ledger.up" }), 25_000),
    microseconds("canonical form and id of an event", idSeconds(), 2),
    atLeast("events replayed from disk", replayedPerSecond(program, folder), 100_000),
  ];
}

function inMemory(program: Program): Store {
  return openTemplate(program.template(), { specHash: program.specHash });
}

function stepsPerSecond(program: Program, counting?: Counting): number {
  const seconds = fastest(() => {
    const store = inMemory(program);
    countSteps(program, store, STEPS, counting);
    store.close();
  });
  return STEPS / seconds;
}

function replayedPerSecond(program: Program, folder: string): number {
  const path = join(folder, "replay.db");
  const store = inMemory(program);
  countSteps(program, store, STEPS);
  writeFileSync(path, store.serialize());
  store.close();
  const log = openReader(path);
  let events = 0;
  const seconds = fastest(() => {
    const result = replay(log, program, { handlers: NO_HANDLERS });
    if (result.divergence !== undefined) throw new Error("the replay diverged");
    events = result.events;
  });
  log.close();
  return events / seconds;
}

/** Of one event with a few args, nested ones too. */
function idSeconds(): number {
  const events = 100_000;
  const args = { quantity: 2, item_id: "SKU-001", tags: ["new", "sale"], detail: { limit: 10, days: 3 } };
  const seconds = fastest(() => {
    let length = 0;
    for (let seq = 0; seq < events; seq++) {
      length += canonicalStrict(args).length + invocationId("flow-1", "Cart.addItem", args, seq).length;
    }
    if (length === 0) throw new Error("nothing was written");
  });
  return seconds / events;
}

function microseconds(name: string, seconds: number, limit: number): Measured {
  const value = seconds * 1e6;
  return { name, value: `${value.toFixed(2)} µs`, limit: `at most ${limit} µs`, ok: value <= limit };
}

/** Seconds of the fastest round. */
function fastest(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = wall.monotonicMs();
    work();
    best = Math.min(best, (wall.monotonicMs() - start) / 1000);
  }
  return best;
}
