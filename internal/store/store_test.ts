import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { completionId, equal, invocationId, parseStrict } from "../value/mod.ts";
import { encodeBindings } from "./log_ids.ts";
import { LOG_COLUMNS, LOG_NAMES } from "./log_schema.ts";
import { openStore, openTemplate, storeTemplate } from "./open_store.ts";
import { deeds, perform } from "./random_log_fixture.ts";
import type { Store } from "./store.ts";

const TEMPLATE = storeTemplate();
const fresh = (): Store => openTemplate(TEMPLATE);
/** With all constraints, as a file has them. */
const full = (): Store => {
  const store = openStore(":memory:");
  store.migrate();
  return store;
};

describe("laws", () => {
  test("what waits for the engine is what a query of the log finds, in its order, after any deeds and undone units", () => {
    fc.assert(
      fc.property(deeds, fc.nat(24), (list, undone) => {
        const store = fresh();
        for (const [index, deed] of list.entries()) {
          if (index === undone) {
            const before = [store.pending.first(), store.unevaluated.first()];
            store.begin();
            const waiting = store.pending.first();
            if (waiting !== undefined) {
              const { id } = waiting;
              const seq = store.queries.maxSeq() + 1;
              store.writeCompletion({ invocation_id: id, output_case: "X", result: {}, seq });
              store.failFlow(waiting.flow_token, { code: "E_X", message: "" });
            }
            store.undo();
            expect([store.pending.first(), store.unevaluated.first()]).toEqual(before);
          }
          perform(store, deed);
        }
        expect([...store.pending]).toEqual(store.queries.pending());
        expect([...store.unevaluated]).toEqual(store.queries.unevaluated());
        for (const { flow_token } of store.reader.flows()) {
          expect(store.flow(flow_token)?.invocations).toBe(store.queries.invocationsOf(flow_token));
        }
        store.close();
      }),
      { numRuns: 100 },
    );
  });

  test("what is written is read back exactly, and every id is that of the value module", () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const store = fresh();
        for (const deed of list) perform(store, deed);
        for (const flow of store.reader.flows()) {
          const { events } = store.reader.trace(flow);
          expect(events.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq).sort((a, b) => a - b));
          for (const event of events) {
            if (event.type === "invocation") {
              const args = store.queries.invocation(event.id)?.args ?? {};
              expect(equal(args, event.args)).toBe(true);
              expect(event.id).toBe(invocationId(flow.flow_token, event.action_uri, args, event.seq));
            } else {
              const result = store.queries.completion(event.id)?.result ?? {};
              expect(event.id).toBe(completionId(event.invocation, event.output_case, result, event.seq));
            }
          }
        }
        store.close();
      }),
      { numRuns: 60 },
    );
  });
});

test("the tables, their columns and all names are those of a new log", () => {
  const store = full();
  const named: readonly unknown[] = store.db
    .query("SELECT name, type = 'table' FROM sqlite_schema WHERE sql IS NOT NULL")
    .values();
  const columns = [...LOG_COLUMNS.keys()].map((table) => {
    const rows: readonly unknown[] = store.db.query(`SELECT name FROM pragma_table_info('${table}')`).values();
    return [table, rows.flat()] as const;
  });
  store.close();
  expect(new Map<string, readonly unknown[]>(columns)).toEqual(new Map(LOG_COLUMNS));
  const namesOf = (kinds: readonly unknown[]) =>
    named.flatMap((row) => (Array.isArray(row) && kinds.includes(row[1]) ? [String(row[0])] : []));
  expect(new Set(namesOf([1n]))).toEqual(new Set(LOG_COLUMNS.keys()));
  expect(new Set(namesOf([0n, 1n]))).toEqual(new Set(LOG_NAMES));
});

test("a light log is in the way of no state table, whatever it is called", () => {
  const tables = ["light_flow", "light_completion", "light_firing", "light_edge", "light_provenance"].flatMap(
    (name) => [{ name, create: `CREATE TABLE ${name} (a TEXT NOT NULL) STRICT` }],
  );
  const more = [...LOG_COLUMNS.keys()].map((table) => `light_${table}`);
  for (const name of more) tables.push({ name, create: `CREATE TABLE ${name} (a TEXT NOT NULL) STRICT` });
  const store = openTemplate(storeTemplate(tables));
  store.reader.flows();
  const saved = Database.deserialize(store.serialize());
  store.close();
  for (const { name } of tables) expect(saved.query(`SELECT count(*) AS n FROM ${name}`).get()).toEqual({ n: 0 });
});

test("a saved log has every row of the light one, in every table", () => {
  fc.assert(
    fc.property(deeds, fc.boolean(), (list, isRead) => {
      const light = fresh();
      const whole = full();
      for (const deed of list) {
        perform(light, deed);
        perform(whole, deed);
        if (isRead) light.reader.flows();
      }
      const saved = Database.deserialize(light.serialize());
      for (const table of LOG_COLUMNS.keys()) {
        const sql = `SELECT rowid, * FROM ${table}`;
        expect(saved.query(sql).all()).toEqual(whole.db.query(sql).all().map(small));
      }
      for (const store of [light, whole]) store.close();
    }),
    { numRuns: 30 },
  );
});

/** Its integers as numbers. */
function small(row: unknown): unknown {
  if (typeof row !== "object" || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === "bigint" ? Number(value) : value]),
  );
}

describe("writing", () => {
  test("64-bit integers go through the log without losing a digit", () => {
    const store = fresh();
    const args = parseStrict('{"max":9223372036854775807,"min":-9223372036854775808,"odd":9007199254740993}');
    if (typeof args !== "object" || Array.isArray(args)) throw new Error("no object");
    const id = store.writeInvocation({ flow_token: "f", action_uri: "A.b", args, seq: 1 });
    expect(store.queries.invocation(id)?.args).toEqual(args);
    expect(store.db.query("SELECT args FROM invocations").get()).toEqual({
      args: '{"max":9223372036854775807,"min":-9223372036854775808,"odd":9007199254740993}',
    });
  });

  test("an id that is not that of the content is refused and nothing is written", () => {
    const store = fresh();
    const wrong = { id: "0".repeat(64), flow_token: "f", action_uri: "A.b", args: {}, seq: 1 };
    expect(() => store.writeInvocation(wrong)).toThrow(expect.objectContaining({ code: "E_STORE_ID" }));
    expect(store.reader.flows()).toEqual([]);
    const { id: _, ...right } = wrong;
    const id = store.writeInvocation(right);
    const completion = { invocation_id: id, output_case: "Success", result: {}, seq: 2 };
    const wrongCompletion = { ...completion, id };
    expect(() => store.writeCompletion(wrongCompletion)).toThrow(expect.objectContaining({ code: "E_STORE_ID" }));
    store.writeCompletion({ ...completion, id: completionId(id, "Success", {}, 2) });
    expect(() => store.writeCompletion({ ...completion, seq: 3 })).toThrow("has a completion already");
    expect(() => store.writeCompletion({ ...completion, invocation_id: wrong.id })).toThrow("there is no invocation");
  });

  test("a failed flow takes no more, and what of it waited is gone; other flows go on", () => {
    const store = fresh();
    const args = {};
    const first = store.writeInvocation({ flow_token: "f", action_uri: "A.b", args, seq: 1 });
    store.writeInvocation({ flow_token: "g", action_uri: "A.b", args, seq: 2 });
    store.failFlow("f", { code: "E_NO_OUTPUT", message: "none" });
    const closed = expect.objectContaining({ code: "E_FLOW_CLOSED" });
    expect(() => store.writeInvocation({ flow_token: "f", action_uri: "A.b", args, seq: 3 })).toThrow(closed);
    expect(() => store.writeCompletion({ invocation_id: first, output_case: "S", result: {}, seq: 3 })).toThrow(closed);
    expect([...store.pending].map(({ flow_token }) => flow_token)).toEqual(["g"]);
    expect(store.reader.flow("f")).toEqual({
      flow_token: "f",
      status: "failed",
      error: { code: "E_NO_OUTPUT", message: "none" },
    });
  });

  test("the same firing twice is refused by the log itself, and the unit that tried it leaves nothing", () => {
    const store = full();
    const id = store.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq: 1 });
    const completion_id = store.writeCompletion({ invocation_id: id, output_case: "Success", result: {}, seq: 2 });
    const bindings = encodeBindings({ n: 1 });
    const fire = (seq: number) =>
      store.writeFiring({
        completion_id,
        sync_id: "s",
        bindings,
        invocation: { flow_token: "f", action_uri: "A.c", args: {}, seq },
      });
    const fired = fire(3);
    expect(store.queries.hasFired(completion_id, "s", bindings.hash)).toBe(true);
    expect(() => fire(4)).toThrow("UNIQUE");
    expect(store.queries.maxSeq()).toBe(3);
    expect(store.queries.firedBy(id)).toEqual([
      { sync: "s", invocation: { id: fired, flow_token: "f", action_uri: "A.c", args: {}, seq: 3, at_ms: 0 } },
    ]);
    const second = store.writeCompletion({ invocation_id: fired, output_case: "Success", result: {}, seq: 4 });
    expect([...store.queries.ancestors(second)]).toEqual([
      { sync_id: "s", binding_hash: bindings.hash, bindings: '{"n":1}', trigger: completion_id, invocation: fired },
    ]);
  });

  test("a sure unit that throws loses its group and nothing that was committed; the log has to be opened again", () => {
    const store = openTemplate(TEMPLATE, { commit: "group" });
    const write = (seq: number): string =>
      store.sureUnit(() => store.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq }));
    write(1);
    store.flush();
    write(2);
    expect(() => write(2)).toThrow("UNIQUE");
    expect(store.queries.maxSeq()).toBe(1);
    expect(() => write(3)).toThrow(expect.objectContaining({ code: "E_STORE_WRITE" }));
  });

  test("a root is found by its key, which is unique", () => {
    const store = fresh();
    const root = { flow_token: "f", action_uri: "A.b", args: {}, seq: 1, at_ms: 1_700_000_000_000, request_key: "k1" };
    const id = store.writeInvocation(root);
    expect(store.queries.rootByKey("k1")).toEqual({ id, ...root });
    expect(store.queries.rootByKey("k2")).toBeUndefined();
    expect(() => store.writeInvocation({ ...root, seq: 2 })).toThrow("UNIQUE");
  });

  test("openStore(':memory:') with migrate, and a template's copy when it is saved, have the whole schema", () => {
    const store = openStore(":memory:");
    store.migrate();
    const schema = (db: Database) => db.query("SELECT sql FROM sqlite_schema ORDER BY name").all();
    const copy = fresh();
    expect(schema(copy.db).length).toBeLessThan(schema(store.db).length);
    copy.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq: 1 });
    const saved = Database.deserialize(copy.serialize());
    expect(schema(saved)).toEqual(schema(store.db));
    expect(saved.query("SELECT seq FROM invocations").all()).toEqual([{ seq: 1 }]);
    expect(copy.db.query("PRAGMA foreign_keys").get()).toEqual({ foreign_keys: 1n });
    copy.writeInvocation({ flow_token: "f", action_uri: "A.b", args: {}, seq: 2 });
    expect(Database.deserialize(copy.serialize()).query("SELECT seq FROM invocations").all()).toHaveLength(2);
    expect(store.commits).toBe(0);
    store.migrate();
    expect(store.serialize().length).toBeGreaterThan(0);
    expect(store.commits).toBe(1);
  });
});
