import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { readOwner } from "./lock_owner.ts";
import { openReader, openStore } from "./open_store.ts";

const newLog = (): string => join(tempDir(), "log.db");
const AT_ONCE = { now: () => 0, waitMs: 0 };

/** A writer in another process. */
function startWriter(deed: "hold" | "race", log: string) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "writer_fixture.ts"), deed, log], {
    stdin: "pipe",
    stdout: "pipe",
  });
  const reader = child.stdout.getReader();
  return {
    pid: child.pid,
    /** The next thing it says. */
    said: async () => new TextDecoder().decode((await reader.read()).value).trim(),
    go: () => {
      child.stdin.write("\n");
      child.stdin.flush();
    },
    kill: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

test("a living writer keeps others out; when it is killed its lock is taken over, and its open unit never was", async () => {
  const log = newLog();
  const writer = startWriter("hold", log);
  expect(await writer.said()).toBe("open");
  expect(readOwner(readFileSync(`${log}.lock`, "utf8"))).toMatchObject({ pid: writer.pid });
  expect(() => openStore(log, { wait: AT_ONCE })).toThrow(expect.objectContaining({ code: "E_STORE_BUSY" }));
  await writer.kill();
  expect(existsSync(`${log}.lock`)).toBe(true);
  const reader = openReader(log);
  expect(reader.reader.events()).toBe(1);
  reader.close();
  const next = openStore(log, { wait: AT_ONCE });
  expect([...next.pending].map(({ seq }) => seq)).toEqual([1]);
  expect(readOwner(readFileSync(`${log}.lock`, "utf8"))).toMatchObject({ pid: process.pid });
  next.close();
  expect(readdirSync(dirname(log))).toEqual(["log.db"]);
});

test("of two that find a dead owner's lock at once, one gets it", async () => {
  for (let round = 0; round < 3; round++) {
    const log = newLog();
    const dead = startWriter("hold", log);
    await dead.said();
    await dead.kill();
    const writers = [startWriter("race", log), startWriter("race", log)];
    for (const writer of writers) expect(await writer.said()).toBe("ready");
    for (const writer of writers) writer.go();
    const said = await Promise.all(writers.map((writer) => writer.said()));
    expect(said.map((text) => text.split(" ")[0]).sort()).toEqual(["E_STORE_BUSY", "won"]);
    for (const writer of writers) await writer.kill();
  }
});
