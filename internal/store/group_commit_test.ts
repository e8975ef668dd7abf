import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { readCrashPoint } from "./crash_at.ts";
import { type CommitOptions, GroupCommit } from "./group_commit.ts";

/** A group over a table of numbers, on a clock that the test moves. */
function group(options: Partial<CommitOptions> = {}) {
  const clock = { ms: 0 };
  const db = new Database(":memory:", { strict: true });
  db.run("CREATE TABLE t (n INTEGER UNIQUE)");
  const commits = new GroupCommit(db, { now: () => clock.ms, ...options });
  const add = (n: number): void => {
    commits.begin();
    db.query("INSERT INTO t VALUES (?)").run(n);
    commits.end();
  };
  const rows = (): number[] =>
    db
      .query<{ n: number }, []>("SELECT n FROM t ORDER BY n")
      .all()
      .map(({ n }) => n);
  return { db, commits, clock, add, rows };
}

describe("when units become durable", () => {
  test("1,000 units share a commit; it is made when the next one begins", () => {
    const { commits, add } = group();
    for (let n = 0; n < 1000; n++) add(n);
    expect(commits.commits).toBe(0);
    add(1000);
    expect(commits.commits).toBe(1);
    commits.flush();
    commits.flush();
    expect(commits.commits).toBe(2);
  });

  test("5 ms end a group, looked at between two units only", () => {
    const { commits, clock, add } = group();
    add(1);
    clock.ms = 4.9;
    add(2);
    expect(commits.commits).toBe(0);
    clock.ms = 5;
    expect(commits.commits).toBe(0);
    add(3);
    expect(commits.commits).toBe(1);
    clock.ms = 9.9;
    add(4);
    expect(commits.commits).toBe(1);
  });

  test("commit each, and a crash point, make every unit a commit; in memory only save commits", () => {
    const each = group({ commit: "each" });
    each.add(1);
    each.add(2);
    expect(each.commits.commits).toBe(2);
    const crash = group({ crashAt: { when: "after", commit: 9 } });
    crash.add(1);
    expect(crash.commits.commits).toBe(1);
    const memory = group({ commit: "save" });
    for (let n = 0; n < 1500; n++, memory.clock.ms++) memory.add(n);
    memory.commits.flush();
    expect(memory.commits.commits).toBe(0);
    memory.commits.save();
    expect(memory.commits.commits).toBe(1);
  });
});

describe("undo", () => {
  test("takes back one unit and leaves its neighbours", () => {
    const { db, commits, add, rows } = group();
    add(1);
    commits.begin();
    db.query("INSERT INTO t VALUES (2)").run();
    commits.undo();
    add(3);
    expect(rows()).toEqual([1, 3]);
    commits.abandon();
    expect(rows()).toEqual([]);
  });

  test("leaves no transaction where nothing else was written", () => {
    const { db, commits } = group();
    commits.begin();
    commits.undo();
    expect(db.inTransaction).toBe(false);
  });

  test("says so if SQLite took back the neighbours too", () => {
    const { db, commits, add } = group();
    add(1);
    commits.begin();
    expect(() => db.run("INSERT OR ROLLBACK INTO t VALUES (1)")).toThrow("UNIQUE");
    expect(() => commits.undo()).toThrow(expect.objectContaining({ code: "E_STORE_WRITE" }));
  });

  test("units do not nest, and none is committed while it is open", () => {
    const { commits } = group();
    expect(() => commits.end()).toThrow("no unit is open");
    commits.begin();
    expect(() => commits.begin()).toThrow("a unit is open already");
    expect(() => commits.flush()).toThrow("a unit is open");
  });
});

describe("the crash point", () => {
  test.each([
    ["before", 1],
    ["after", 2],
  ] as const)("%s the second commit: the kill comes when %d commits are made", (when, made) => {
    const seen: number[] = [];
    const { commits, add } = group({ crashAt: { when, commit: 2 }, kill: () => seen.push(commits.commits) });
    for (const n of [1, 2, 3]) add(n);
    expect(seen).toEqual([made]);
  });

  test("is read from its text", () => {
    expect(readCrashPoint("before:1")).toEqual({ when: "before", commit: 1 });
    expect(readCrashPoint("after:12")).toEqual({ when: "after", commit: 12 });
    for (const text of ["", "before", "before:0", "after:-1", "during:1", "after:1 "]) {
      expect([text, readCrashPoint(text)]).toEqual([text, undefined]);
    }
  });
});
