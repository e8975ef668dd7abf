import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { openCopy } from "./open_database.ts";
import { openReader, openStore } from "./open_store.ts";
import type { Store } from "./store.ts";
import { guarded } from "./store_error.ts";

const folder = tempDir();
let files = 0;
const newPath = (): string => join(folder, `log${files++}.db`);
const newStore = (path: string, options = {}): Store => {
  const store = openStore(path, options);
  store.migrate();
  return store;
};
const write = (store: Store, seq: number): void => {
  store.unit(() => store.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq }));
};
const code = (wanted: string) => expect.objectContaining({ code: wanted });
const schemaOf = (version: 1 | 2): string =>
  readFileSync(
    join(import.meta.dir, `../../testdata/vectors/log_${version === 1 ? "schema_v1" : "migrate_v2"}.sql`),
    "utf8",
  );

describe("a durable log", () => {
  test("has the schema of the vectors, which the room holds byte for byte", () => {
    for (const name of ["log_schema_v1.sql", "log_migrate_v2.sql"]) {
      const ours = readFileSync(join(import.meta.dir, name));
      expect(ours.equals(readFileSync(join(import.meta.dir, "../../testdata/vectors", name)))).toBe(true);
    }
    const path = newPath();
    newStore(path).close();
    const expected = new Database(":memory:");
    expected.run(schemaOf(1));
    expected.run(schemaOf(2));
    const schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name";
    const found = new Database(path);
    expect(found.query(schema).all()).toEqual(expected.query(schema).all());
    const user_version = (db: Database) => db.query("PRAGMA user_version").get();
    expect(user_version(found)).toEqual({ user_version: 2 });
    found.close();
  });

  test("is WAL, FULL, with foreign keys, and the lock is there from open to close", () => {
    const path = newPath();
    const store = newStore(path);
    const pragma = (name: string) => Object.values(store.db.query<object, []>(`PRAGMA ${name}`).get() ?? {})[0];
    expect(["journal_mode", "synchronous", "foreign_keys", "busy_timeout"].map(pragma)).toEqual(["wal", 2n, 1n, 5000n]);
    expect(existsSync(`${path}.lock`)).toBe(true);
    store.close();
    store.close();
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  test("a reader sees one snapshot, what was committed when it began, while a writer goes on", () => {
    const path = newPath();
    const store = newStore(path);
    write(store, 1);
    store.flush();
    write(store, 2);
    const reader = openReader(path);
    const seen = (log: typeof reader) =>
      log.reader.trace({ flow_token: "f", status: "open" }).events.map(({ seq }) => seq);
    store.flush();
    write(store, 3);
    store.flush();
    expect(seen(reader)).toEqual([1]);
    const later = openReader(path);
    expect(seen(later)).toEqual([1, 2, 3]);
    expect(seen(reader)).toEqual([1]);
    reader.close();
    later.close();
    store.close();
  });

  test("readers change no byte of the file, also of one whose writer was killed", () => {
    const path = newPath();
    const store = newStore(path);
    write(store, 1);
    store.flush();
    const copy = newPath();
    for (const suffix of ["", "-wal"]) writeFileSync(copy + suffix, readFileSync(path + suffix));
    store.close();
    const before = readFileSync(copy);
    const log = openReader(copy);
    expect(log.reader.events()).toBe(1);
    log.close();
    expect(readFileSync(copy).equals(before)).toBe(true);
    expect(() => openReader(copy).db.run("DELETE FROM invocations")).toThrow("readonly");
  });

  test("a log that lies where nothing can be written is read from a copy", () => {
    const path = newPath();
    const store = newStore(path);
    write(store, 1);
    store.close();
    const copy = openCopy(path);
    expect(copy.query("SELECT seq FROM invocations").all()).toEqual([{ seq: 1n }]);
    expect(existsSync(`${path}-shm`)).toBe(false);
  });

  test("is one log under all its names: a link to it has no lock of its own", () => {
    const path = newPath();
    const link = newPath();
    symlinkSync(path, link);
    const store = newStore(link);
    expect(existsSync(`${path}.lock`)).toBe(true);
    const wait = { now: () => 0, waitMs: 0 };
    for (const name of [path, link]) expect(() => openStore(name, { wait })).toThrow(code("E_STORE_BUSY"));
    store.close();
    newStore(path).close();
  });

  test("state tables are made once, and others under their name are E_STATE_SCHEMA", () => {
    const path = newPath();
    const stock = {
      name: "Stock",
      create: "CREATE TABLE Stock (item TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) STRICT",
    };
    const first = openStore(path);
    first.migrate([stock]);
    expect(first.commits).toBe(1);
    first.close();
    const second = openStore(path);
    second.migrate([stock]);
    expect(second.commits).toBe(0);
    expect(() => second.migrate([{ ...stock, create: stock.create.replace("n INTEGER", "m INTEGER") }])).toThrow(
      code("E_STATE_SCHEMA"),
    );
    second.close();
  });

  test("state tables that differ in their checks alone, an int that became a bool, are E_STATE_SCHEMA too", () => {
    const table = (check: string) => ({
      name: "Door",
      create: `CREATE TABLE Door (\n  id TEXT NOT NULL,\n  open INTEGER NOT NULL${check},\n  PRIMARY KEY (id)\n) STRICT`,
    });
    const path = newPath();
    const store = newStore(path);
    store.migrate([table("")]);
    expect(() => store.migrate([table(" CHECK (`open` IN (0,1))")])).toThrow(
      "has a table Door with id TEXT key 1, open INTEGER; the spec has id TEXT key 1, open INTEGER CHECK(open IN(0,1))",
    );
    // By other words the same table.
    store.migrate([
      { name: "door", create: "CREATE TABLE door (`id` TEXT NOT NULL PRIMARY KEY, open INTEGER NOT NULL) STRICT" },
    ]);
    store.db.run("CREATE INDEX Stock ON Door (open)");
    expect(() => store.migrate([{ name: "stock", create: "CREATE TABLE stock (a TEXT NOT NULL) STRICT" }])).toThrow(
      "has the index stock; the spec has a table with a TEXT",
    );
    store.close();
  });

  test("what waits when a log is opened is what waited when it was closed", () => {
    const path = newPath();
    const store = newStore(path);
    write(store, 1);
    write(store, 2);
    const [{ id = "" } = {}] = [...store.pending];
    store.unit(() => store.writeCompletion({ invocation_id: id, output_case: "S", result: {}, seq: 3, assumed: 2 }));
    const waiting = [[...store.pending], [...store.unevaluated]];
    store.close();
    const again = newStore(path);
    expect([[...again.pending], [...again.unevaluated]]).toEqual(waiting);
    again.close();
  });
});

describe("version 1", () => {
  const HASH = (digit: string): string => digit.repeat(64);
  const v1Log = (): string => {
    const path = newPath();
    const db = new Database(path);
    db.run(schemaOf(1));
    const meta = "'{}', 'h', 'nysm', '1'";
    db.run(`INSERT INTO invocations VALUES ('${HASH("a")}', 'old', 'A.b', '{"n":1}', 1, ${meta})`);
    db.run(`INSERT INTO completions VALUES ('${HASH("b")}', '${HASH("a")}', 'Success', '{}', 2, '{}')`);
    db.run(`INSERT INTO sync_firings VALUES (1, '${HASH("b")}', 's', '${HASH("c")}', 3)`);
    db.run(`INSERT INTO invocations VALUES ('${HASH("d")}', 'old', 'A.c', '{}', 3, ${meta})`);
    db.run(`INSERT INTO provenance_edges VALUES (1, 1, '${HASH("d")}')`);
    db.close();
    return path;
  };

  test("acceptance 36: is read as it is, without bindings, every flow imported", () => {
    const path = v1Log();
    const before = readFileSync(path);
    const { reader, version, close } = openReader(path);
    expect([version, reader.flows()]).toEqual([1, [{ flow_token: "old", status: "imported" }]]);
    const { events, pending } = reader.trace({ flow_token: "old", status: "imported" });
    expect(pending).toBe(1);
    expect(events).toMatchObject([
      { type: "invocation", seq: 1, args: { n: 1 } },
      { type: "completion", seq: 2 },
      { type: "invocation", seq: 3, cause: { completion: HASH("b"), sync: "s" } },
    ]);
    close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("acceptance 36: is migrated when it is written; old flows are imported and closed, nothing of them waits", () => {
    const path = v1Log();
    const before = openReader(path);
    const old = before.reader.trace({ flow_token: "old", status: "imported" });
    before.close();
    const store = newStore(path);
    expect(store.commits).toBe(1);
    expect(store.db.query("PRAGMA user_version").get()).toEqual({ user_version: 2n });
    expect([[...store.pending], [...store.unevaluated]]).toEqual([[], []]);
    expect(() => store.writeInvocation({ flow_token: "old", action_uri: "A.b", args: {}, seq: 4 })).toThrow(
      code("E_FLOW_CLOSED"),
    );
    write(store, 4);
    expect(store.reader.trace({ flow_token: "old", status: "imported" })).toEqual(old);
    store.close();
  });
});

describe("files that are no log", () => {
  const junk = newPath();
  writeFileSync(junk, "this is no database, whatever its name says. ".repeat(50));
  const other = newPath();
  const newer = newPath();
  const make = (path: string, sql: string): void => {
    const db = new Database(path);
    db.run(sql);
    db.close();
  };
  make(other, "CREATE TABLE t (x); PRAGMA user_version = 2");
  make(newer, `${schemaOf(1)}; PRAGMA user_version = 3`);
  const empty = newPath();
  writeFileSync(empty, "");

  test.each([
    ["text", junk, "E_STORE_FORMAT", "E_STORE_FORMAT"],
    ["another database", other, "E_STORE_FORMAT", "E_STORE_FORMAT"],
    ["a newer log", newer, "E_STORE_VERSION", "E_STORE_VERSION"],
    ["an empty file", empty, "E_STORE_FORMAT", undefined],
    ["a folder", folder, "E_STORE_OPEN", "E_STORE_OPEN"],
    ["a device", "/dev/null", "E_STORE_OPEN", "E_STORE_OPEN"],
    ["nothing", join(folder, "missing.db"), "E_STORE_MISSING", undefined],
    ["nothing in no folder", join(folder, "no/missing.db"), "E_STORE_MISSING", "E_STORE_OPEN"],
  ])("%s", (_, path, reading, writing) => {
    expect(() => openReader(path)).toThrow(code(reading));
    const before = statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : undefined;
    if (writing === undefined) {
      newStore(path).close();
      openReader(path).close();
      return;
    }
    expect(() => openStore(path)).toThrow(code(writing));
    expect(existsSync(`${path}.lock`)).toBe(false);
    if (before !== undefined) expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("a damaged log is E_STORE_FORMAT where the damage is met", () => {
    const path = newPath();
    const store = newStore(path);
    for (let seq = 1; seq < 200; seq++) write(store, seq);
    store.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 4096 * 12);
    writeFileSync(path, bytes);
    const { reader } = openReader(path);
    expect(() =>
      guarded(path, () => {
        for (const flow of reader.flows()) reader.trace(flow);
      }),
    ).toThrow(code("E_STORE_FORMAT"));
  });
});
