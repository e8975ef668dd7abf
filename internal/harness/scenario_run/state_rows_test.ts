import { expect, test } from "bun:test";
import { join } from "node:path";
import { loadSpecs } from "../../concept/mod.ts";
import { openTemplate } from "../../store/mod.ts";
import { Program } from "../../sync/mod.ts";
import { tempFiles } from "../../testkit/mod.ts";
import { tableRows } from "./state_rows.ts";

const SPEC = `concept: C
purpose: Has a column of every type.
state:
  Kept:
    key: [name, n]
    fields: {name: string, n: int, on: bool, list: list<int>, object: object}
  Loose: {word: string}
  Odd: {RowId: int}
actions:
  a: {outputs: [{case: Success}]}
`;

const folder = tempFiles({ "c.concept.yaml": SPEC });
const modules = { exports: () => [] };
const set = await loadSpecs([join(folder, "c.concept.yaml")], { baseDir: folder, nameOf: (path) => path, modules });
const program = new Program(set);

test("rows come in key order with values of their declared types", () => {
  const { db } = openTemplate(program.template());
  db.run(
    `INSERT INTO Kept VALUES ('b', 1, 0, '[]', '{}'), ('a', 10, 1, '[9007199254740993]', '{"x":{"y":true}}'), ('a', 9, 1, '[]', '{}')`,
  );
  expect(tableRows(db, "Kept", program.tables)).toEqual([
    { name: "a", n: 9, on: true, list: [], object: {} },
    { name: "a", n: 10, on: true, list: [9007199254740993n], object: { x: { y: true } } },
    { name: "b", n: 1, on: false, list: [], object: {} },
  ]);
});

test("rows without a key come in the order in which they were written", () => {
  const { db } = openTemplate(program.template());
  db.run("INSERT INTO Loose VALUES ('z'), ('a')");
  expect(tableRows(db, "Loose", program.tables)).toEqual([{ word: "z" }, { word: "a" }]);
});

test("a column named rowid is a column like any other", () => {
  const { db } = openTemplate(program.template());
  db.run("INSERT INTO Odd VALUES (3), (1), (2)");
  expect(tableRows(db, "Odd", program.tables)).toEqual([{ RowId: 3 }, { RowId: 1 }, { RowId: 2 }]);
});

test("log tables are as they are stored", () => {
  const store = openTemplate(program.template());
  const id = store.writeInvocation({ flow_token: "f", action_uri: "C.a", args: { n: 1 }, seq: 1 });
  store.failFlow("f", { code: "E_X", message: "m" });
  expect(tableRows(store.db, "invocations", program.tables)).toMatchObject([
    { id, args: '{"n":1}', seq: 1, at_ms: 0, request_key: null },
  ]);
  expect(tableRows(store.db, "flows", program.tables)).toEqual([
    { flow_token: "f", status: "failed", error: '{"code":"E_X","message":"m"}' },
  ]);
});
