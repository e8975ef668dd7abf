import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { WorkerContext, WorkerEvent } from "../ami/mod.ts";
import { Registry } from "../kvstore/mod.ts";
import type { Json } from "../value/mod.ts";
import { virtualWorld } from "../world/mod.ts";

const folders: string[] = [];

/** Removes all {@link sampleModules}. */
export function removeModules(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Writes modules of a test into a new folder; its path. */
export function sampleModules(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "plumb-ts-workers-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The context of a step, with a store and a generator of its own, at 7 ms. */
export function sampleContext(): WorkerContext {
  const world = virtualWorld({ startMs: 7 });
  return { now: () => world.clock.now(), state: new Registry(world.clock).store("P/step"), rng: world.rng };
}

export function sampleEvent(payload: Json): WorkerEvent {
  return { id: "P/ingress/3", payload, time: 5, attempt: 1, trace: null };
}
