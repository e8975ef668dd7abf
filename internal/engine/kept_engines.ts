import { realAlarms } from "../world/mod.ts";
import type { Engine } from "./engine.ts";
import type { EngineSetup } from "./engine_setup.ts";
import { openEngine } from "./open_engine.ts";

/** An engine for one call. */
export interface EngineLease {
  readonly engine: Engine;
  release(): Promise<void>;
}

interface Kept {
  readonly engine: Promise<Engine>;
  users: number;
  /** Takes back its end. */
  off: (() => void) | undefined;
}

/** A kept executor that nobody has used for so long is ended: a program that has nothing left to do should end too. */
const IDLE_MS = 1000;

const kept = new Map<string, Kept>();

/**
 * An engine for a call of the library. With `reuse`, calls of one process that ask for the same executor share it (flows §13).
 * @throws FlowInputError as `openEngine`
 */
export async function leaseEngine(setup: EngineSetup): Promise<EngineLease> {
  const { engine: name, settings, cwd, env, executorArgs } = setup;
  if (name !== "proc" || !settings.reuse) {
    const engine = await openEngine(setup);
    return { engine, release: () => engine.close() };
  }
  const key = JSON.stringify([cwd, settings, executorArgs, env]);
  // Mocks and seed are of one call, and change nothing at an executor.
  const shared = { ...setup, mocks: undefined, seed: undefined };
  const known = kept.get(key) ?? { engine: openEngine(shared), users: 0, off: undefined };
  kept.set(key, known);
  known.off?.();
  known.users += 1;
  try {
    return { engine: await known.engine, release: async () => release(key, known) };
  } catch (error) {
    kept.delete(key);
    throw error;
  }
}

function release(key: string, known: Kept): void {
  known.users -= 1;
  if (known.users > 0) return;
  known.off = realAlarms.after(IDLE_MS, async () => {
    kept.delete(key);
    await (await known.engine).close();
  });
}
