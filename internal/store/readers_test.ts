import { expect, test } from "bun:test";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { openReader, openStore } from "./open_store.ts";
import type { Store } from "./store.ts";

const SHELL = Bun.which("sqlite3");

function writerOf(path: string): Store {
  const store = openStore(path);
  store.migrate();
  return store;
}

function write(store: Store, seq: number): void {
  store.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq });
}

/** What `plumb trace` would show. A reader that had to wait for the writer, which is this thread, would not come back. */
function traced(path: string): number[] {
  const log = openReader(path);
  try {
    return log.reader.flows().flatMap((flow) => log.reader.trace(flow).events.map(({ seq }) => seq));
  } finally {
    log.close();
  }
}

/** What the sqlite3 shell reads if it does not wait at all. */
function selected(path: string): string {
  const sql = "SELECT group_concat(seq, ' ') FROM (SELECT seq FROM invocations ORDER BY seq)";
  const { stdout, stderr } = Bun.spawnSync([SHELL ?? "", "-cmd", ".timeout 0", path, sql]);
  return `${stdout}${stderr}`.trim();
}

/** A log at every moment at which it may be read: within units, between two of one commit, after commits, after the close. */
function moments(seen: (path: string) => unknown): unknown[] {
  const path = join(tempDir(), "log.db");
  const store = writerOf(path);
  const list: unknown[] = [];
  const look = (): void => void list.push(seen(path));
  store.begin();
  write(store, 1);
  look();
  store.end();
  look();
  store.flush();
  look();
  store.begin();
  write(store, 2);
  look();
  store.undo();
  store.unit(() => write(store, 3));
  look();
  store.flush();
  look();
  store.close();
  look();
  return list;
}

test("readers see what is committed, at once, whatever the writer is at", () => {
  expect(moments(traced)).toEqual([[], [], [1], [1], [1], [1, 3], [1, 3]]);
});

test.skipIf(SHELL === null)("so does the sqlite3 shell", () => {
  expect(moments(selected)).toEqual(["", "", "1", "1", "1", "1 3", "1 3"]);
});

test("no reader holds up a writer: not its commits, not its close, not the next one's opening", () => {
  const path = join(tempDir(), "log.db");
  const first = writerOf(path);
  first.unit(() => write(first, 1));
  first.flush();
  const reader = openReader(path);
  const seen = (): number[] =>
    reader.reader.flows().flatMap((flow) => reader.reader.trace(flow).events.map(({ seq }) => seq));
  for (let seq = 2; seq < 500; seq++) first.unit(() => write(first, seq));
  first.close();
  const second = writerOf(path);
  second.unit(() => write(second, 500));
  second.flush();
  expect(seen()).toEqual([1]);
  reader.close();
  second.close();
  expect(traced(path)).toHaveLength(500);
});
