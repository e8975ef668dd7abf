import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openReader, openStore } from "../store/mod.ts";
import { tempDir } from "../testkit/mod.ts";
import { invocationId } from "../value/mod.ts";
import { Engine } from "./engine.ts";
import { NO_HANDLERS } from "./no_handlers.ts";
import { type ReplayResult, replay } from "./replay.ts";
import { CART, loadProgram, SampleEngine, said } from "./sample_engine.ts";

const cart = await loadProgram(CART);
const folder = tempDir();
const schema = readFileSync(join(import.meta.dir, "../../testdata/vectors/log_schema_v1.sql"), "utf8");
let files = 0;

/** A log of version 1, as the reference format has it, of the shortage of §12; `edit` changes it. */
function version1(edit: (db: Database) => void = () => undefined): string {
  const sample = new SampleEngine(cart);
  sample.invoke("Inventory.setStock", { item_id: "widget", quantity: 2 });
  sample.invoke("Cart.addItem", { item_id: "widget", quantity: 5 });
  sample.invoke("Cart.checkout");
  const path = join(folder, `v1_${files++}.db`);
  const db = new Database(path, { strict: true });
  db.run(schema);
  const source = Database.deserialize(sample.store.serialize());
  for (const { ddl } of cart.tables) db.run(ddl);
  const log = ["invocations", "completions", "sync_firings", "provenance_edges"];
  for (const table of [...log, ...cart.tables.map(({ name }) => name)]) {
    const columns = db.query<{ name: string }, [string]>("SELECT name FROM pragma_table_info(?)").all(table);
    const names = columns.map(({ name }) => name).join(", ");
    for (const row of source.query(`SELECT ${names} FROM ${table}`).values()) {
      db.query(`INSERT INTO ${table} (${names}) VALUES (${row.map(() => "?").join(", ")})`).run(...row.map(String));
    }
  }
  edit(db);
  db.close();
  return path;
}

function replayed(path: string): ReplayResult {
  const log = openReader(path);
  try {
    return replay(log, cart, { handlers: NO_HANDLERS });
  } finally {
    log.close();
  }
}
const same = { events: 10, flows: 1, pending: 0, taken: 0, isSpecChanged: false, divergence: undefined };
/** The last event and what led to it is undone: an invocation that waits for ever. */
const unfinished = (db: Database): void => void db.run("DELETE FROM completions WHERE seq = 10");

describe("a log of version 1", () => {
  test("is replayed without bindings and status, which it does not have", () => {
    expect(replayed(version1())).toEqual(same);
  });

  test("diverges like any other", () => {
    const path = version1((db) => db.run("UPDATE completions SET output_case = 'Success' WHERE seq = 8"));
    expect(replayed(path).divergence).toMatchObject({ index: 8, expected: { output_case: "Success" } });
  });

  test("what it left pending is neither executed nor a divergence", () => {
    expect(replayed(version1(unfinished))).toEqual({ ...same, events: 9, pending: 1 });
  });

  test("scenarios row 36: opened for writing its flows are closed and what they left is never executed; a new flow goes on", () => {
    const path = version1(unfinished);
    const store = openStore(path, { specHash: cart.specHash });
    store.migrate(cart.stateTables);
    const engine = new Engine({ store, program: cart, handlers: NO_HANDLERS });
    expect(engine.recover()).toEqual({ completions: 0, invocations: 0, failedFlows: [] });
    const root = { action: "Inventory.setStock", args: { item_id: "bolt", quantity: 1 } };
    expect(said(engine.invoke({ ...root, flowToken: "f" }))).toBe(
      'refused E_FLOW_CLOSED: flow "f" is imported; it takes no more',
    );
    expect(engine.invoke({ ...root, flowToken: "g" })).toMatchObject({ completion: { seq: 11 } });
    store.close();
    expect(replayed(path)).toEqual({ ...same, events: 11, flows: 2, pending: 1 });
  });

  test("a root that it left pending is not executed beside later flows either", () => {
    const id = invocationId("old", "Inventory.setStock", { item_id: "widget", quantity: 9 }, 11);
    const path = version1((db) =>
      db
        .query(
          `INSERT INTO invocations (id, flow_token, action_uri, args, seq, security_context, spec_hash, engine_version, ir_version)
           VALUES (?, 'old', 'Inventory.setStock', '{"item_id":"widget","quantity":9}', 11, '{}', 'h', 'v', '1')`,
        )
        .run(id),
    );
    const store = openStore(path, { specHash: cart.specHash });
    store.migrate(cart.stateTables);
    const engine = new Engine({ store, program: cart, handlers: NO_HANDLERS });
    const args = { item_id: "widget", quantity: 3 };
    expect(said(engine.invoke({ action: "Inventory.reserve", args, flowToken: "new" }))).toBe(
      'InsufficientStock {"available":2,"item_id":"widget","requested":3}',
    );
    store.close();
    expect(replayed(path)).toEqual({ ...same, events: 15, flows: 3, pending: 1 });
  });
});
