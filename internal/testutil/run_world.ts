import { Registry } from "../kvstore/mod.ts";
import type { RunWorld } from "../pipeline/mod.ts";
import { DeterministicClock, type World } from "../world/mod.ts";

/** The world as a run in virtual time needs it, with empty stores; undefined: its clock is a real one. */
export function virtualRunWorld({ clock, rng }: World): RunWorld | undefined {
  return clock instanceof DeterministicClock ? { clock, rng, stores: new Registry(clock) } : undefined;
}

/** The same for a run in real time, whose own clock counts from its start. */
export function liveRunWorld({ rng }: World): RunWorld {
  const clock = new DeterministicClock();
  return { clock, rng, stores: new Registry(clock) };
}
