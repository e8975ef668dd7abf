import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { foundIn, loadSample } from "./sample_specs.ts";
import { inBackticks, sqlTokens } from "./sql_tokens.ts";

const spec = (key: "effects" | "when", sql: string) => `concept: Cart
purpose: p
state:
  Item: {key: id, fields: {id: string, n: int, date: string, order: bool}}
actions:
  add:
    args: {id: string, qty: int}
    outputs:
      - case: Success
        ${key === "effects" ? `effects: [${JSON.stringify(sql)}]` : `when: ${JSON.stringify(sql)}`}
---
concept: Shop
purpose: p
state: {Stock: {sku: string}}
actions: {f: {outputs: [{case: A, effects: []}]}}
`;

const codes = async (key: "effects" | "when", sql: string) =>
  (await foundIn(spec(key, sql))).map((finding) => finding.split(" ")[0]);

describe("an effect may", () => {
  test.each([
    "INSERT INTO Item (id, n, date, \"order\") VALUES (:id, :qty, 'x', 0);",
    "update item set n = n + :qty where id = :id",
    "WITH x AS (SELECT 1 AS y) DELETE FROM Item WHERE n IN (SELECT y FROM x)",
    'REPLACE INTO Item SELECT id, n, date, `order` FROM [Item] WHERE "date" = \':nosuch; random() "nosuch" sqlite_\'',
    "SELECT json_extract(value, '$.a') FROM json_each('[]') -- ; random()",
    "SELECT :flow_token, :invocation_id, :seq /* :x */",
    "WITH dbstat AS (SELECT n AS dbstat FROM Item) SELECT dbstat FROM dbstat",
    "SELECT j.value, t.value FROM json_each('[]') j, json_tree('[]') t",
    "SELECT id->>'$.x', x'00ff', 1e5, .5, id <> '' AND n != 2 FROM Item",
  ])("%s", async (sql) => {
    expect(await codes("effects", sql)).toEqual([]);
  });
});

test("no table that SQLite brings along can be read, whichever they are in this SQLite", async () => {
  const database = new Database(":memory:");
  const modules = database.query<{ name: string }, []>("SELECT name FROM pragma_module_list").all();
  expect(modules.map(({ name }) => name)).toContain("dbstat");
  for (const { name } of modules) {
    if (name.startsWith("json") || name.startsWith("pragma_")) continue;
    // Some cannot be named without what they are about.
    const refused = expect.stringMatching(/^E_SPEC_SQL_(?:TABLE|SYNTAX)$/);
    expect([name, ...(await codes("effects", `SELECT * FROM ${name}`))]).toEqual([name, refused]);
  }
});

test("what is wrong with one word is told once, and in words for the place", async () => {
  const said = async (sql: string, text = spec("effects", sql)) =>
    (await loadSample({ "a.concept.yaml": text })).findings.map(({ message }) => message);
  expect(await said("pragma_x")).toEqual([
    "pragma_x is SQLite's own; names that start with sqlite_ or pragma_ are not for specs",
  ]);
  expect(await said("SELECT * FROM temp.Item")).toEqual([
    "Item is named alone, without the name of a database before it",
  ]);
  expect(await said("SELECT * FROM Stock")).toEqual([
    "only the concept's own tables can be used here, not Stock: it belongs to Shop",
  ]);
  const sync = `${spec("effects", "SELECT 1")}---
sync: s
when: {action: Cart.add}
where: {from: Item, filter: "EXISTS (SELECT 1 FROM Nowhere)"}
then: {action: Shop.f}
`;
  expect(await said("", sync)).toContain("no table of the name Nowhere is declared");
});

describe("an effect may not", () => {
  test.each([
    ["ATTACH ':memory:' AS x", "E_SPEC_SQL_FORBIDDEN"],
    ["PRAGMA user_version = 3", "E_SPEC_SQL_FORBIDDEN"],
    ["-- SELECT\nDROP TABLE Item", "E_SPEC_SQL_FORBIDDEN"],
    ["EXPLAIN SELECT 1", "E_SPEC_SQL_FORBIDDEN"],
    ["DELETE FROM Item; DELETE FROM Item", "E_SPEC_SQL_FORBIDDEN"],
    ["SELECT 1;;--x\n ; PRAGMA x", "E_SPEC_SQL_FORBIDDEN"],
    ["SELECT * FROM sqlite_schema", "E_SPEC_SQL_FORBIDDEN"],
    ['SELECT * FROM "SQLITE_master"', "E_SPEC_SQL_FORBIDDEN"],
    ["SELECT * FROM pragma_table_info('Item')", "E_SPEC_SQL_FORBIDDEN"],
    ["SELECT load_extension('x')", "E_SPEC_SQL_FORBIDDEN"],
    ["SELECT * FROM Stock", "E_SPEC_SQL_TABLE"],
    ["INSERT INTO Stock VALUES ('a')", "E_SPEC_SQL_TABLE"],
    ["SELECT * FROM temp.Item", "E_SPEC_SQL_TABLE"],
    ["SELECT * FROM dbstat", "E_SPEC_SQL_TABLE"],
    ["SELECT pgsize FROM main.[DBSTAT]", "E_SPEC_SQL_TABLE"],
    ["SELECT :nosuch", "E_SPEC_SQL_PARAM"],
    ["SELECT ?1", "E_SPEC_SQL_PARAM"],
    ["SELECT @qty", "E_SPEC_SQL_PARAM"],
    ["SELECT $qty", "E_SPEC_SQL_PARAM"],
    ["SELECT random()", "E_SPEC_SQL_NONDETERMINISTIC"],
    ['SELECT "random" /* x */ ()', "E_SPEC_SQL_NONDETERMINISTIC"],
    ["SELECT DateTime('now')", "E_SPEC_SQL_NONDETERMINISTIC"],
    ["SELECT CURRENT_TIMESTAMP", "E_SPEC_SQL_NONDETERMINISTIC"],
    ["SELECT last_insert_rowid()", "E_SPEC_SQL_NONDETERMINISTIC"],
    ['SELECT "nosuch"', "E_SPEC_SQL_COLUMN"],
    ['SELECT 1 FROM Item WHERE "sku" = 1', "E_SPEC_SQL_COLUMN"],
    ["UPDATE Item SET m = 1", "E_SPEC_SQL_COLUMN"],
    ["INSERT INTO Item (idd) VALUES (1)", "E_SPEC_SQL_COLUMN"],
    ["SELECT i.x FROM Item i", "E_SPEC_SQL_COLUMN"],
    ["SELECT \uFEFFrandom()", "E_SPEC_SQL_NONDETERMINISTIC"],
    ["DELETE FROM Item\0 WHERE 0", "E_SPEC_SQL_SYNTAX"],
    ["SELECT '= 1", "E_SPEC_SQL_SYNTAX"],
    ["SELECT 1 ! 2", "E_SPEC_SQL_SYNTAX"],
    ["SELECT\u00a01", "E_SPEC_SQL_FORBIDDEN"],
    ["SELECT 'x", "E_SPEC_SQL_SYNTAX"],
    ["SELECT /* x", "E_SPEC_SQL_SYNTAX"],
    ["SELECT (1", "E_SPEC_SQL_SYNTAX"],
    ["SELECT nofunction(1)", "E_SPEC_SQL_SYNTAX"],
    ["-- nothing", "E_SPEC_SQL_SYNTAX"],
  ])("%s", async (sql, code) => {
    expect(await codes("effects", sql)).toEqual([code]);
  });
});

describe("an expression", () => {
  test.each([
    ["n > 1", "E_SPEC_SQL_COLUMN"],
    ["1) OR (1", "E_SPEC_SQL_SYNTAX"],
    ["(1", "E_SPEC_SQL_SYNTAX"],
    ["SELECT 1", "E_SPEC_SQL_SYNTAX"],
    ["1; SELECT 2", "E_SPEC_SQL_SYNTAX"],
    ["1, 2", "E_SPEC_SQL_SYNTAX"],
    ["1 AS x", "E_SPEC_SQL_SYNTAX"],
    ["(SELECT 1, 2)", "E_SPEC_SQL_SYNTAX"],
    ["EXISTS (SELECT 1 FROM Stock)", "E_SPEC_SQL_TABLE"],
  ])("is not %s", async (sql, code) => {
    expect(await codes("when", sql)).toEqual([code]);
  });

  test.each([
    "1 -- x",
    ":qty < 1 OR NOT EXISTS (SELECT 1 FROM Item WHERE id = :id)",
    'coalesce((SELECT "n" FROM Item), 0)',
  ])("may be %s", async (sql) => {
    expect(await codes("when", sql)).toEqual([]);
  });
});

test("every fault has its place and its help", async () => {
  const text = `concept: Cart
purpose: p
state: {Item: {id: string}}
actions:
  add:
    args: {name: string}
    outputs:
      - case: Success
        effects:
          - |
            INSERT INTO Item
            VALUES (:nam)
          - "SELECT \\"idd\\" FROM Item"
          - 'SELECT ''é'', id FROM Itm'
          - SELECT 1,
              random()
`;
  expect(await foundIn(text)).toEqual([
    "E_SPEC_SQL_PARAM 12:21 :name",
    "E_SPEC_SQL_COLUMN 13:21 id",
    "E_SPEC_SQL_TABLE 14:36 Item",
    "E_SPEC_SQL_NONDETERMINISTIC 16:15 give what changes as an arg of the action",
  ]);
});

test("a snippet is ready to run, with exactly its parameters", async () => {
  const { concepts } = await loadSample({
    "a.concept.yaml": spec("when", ':qty > 1 AND EXISTS (SELECT "n" FROM Item) -- ok'),
  });
  const when = concepts[0]?.actions[0]?.outputs[0]?.when;
  expect(when).toMatchObject({
    text: ':qty > 1 AND EXISTS (SELECT "n" FROM Item) -- ok',
    sql: "SELECT (\n:qty > 1 AND EXISTS (SELECT `n` FROM Item) -- ok\n)",
    params: ["qty"],
    pos: { line: 10, column: 15 },
  });
});

test("tables are strict, hold nothing NULL, and keep the types of their columns", async () => {
  const { concepts, findings } = await loadSample({
    "a.concept.yaml": `concept: A
purpose: p
state:
  Order: {key: n, fields: {n: int, s: string, b: bool, l: list<int>, o: object}}
  Log: {from: string, rowid: int}
actions: {f: {outputs: [{case: A, effects: ["INSERT INTO \\"Order\\" (n,s,b,l,o) VALUES (1,'',0,'[]','{}')"]}]}}
`,
  });
  expect(findings).toEqual([]);
  const database = new Database(":memory:", { strict: true, safeIntegers: true });
  for (const { ddl } of concepts[0]?.tables ?? []) database.run(ddl);
  const insert = (...values: readonly string[]) => database.run(`INSERT INTO \`Order\` VALUES (${values.join(",")})`);
  insert("9007199254740993", "'x'", "1", "'[1]'", "'{}'");
  expect(database.query("SELECT n FROM `Order`").get()).toEqual({ n: 9007199254740993n });
  for (const bad of [
    ["9007199254740993", "'y'", "1", "'[1]'", "'{}'"],
    ["2", "'x'", "2", "'[]'", "'{}'"],
    ["2", "'x'", "1", "'{}'", "'{}'"],
    ["2", "'x'", "1", "'[]'", "'[]'"],
    ["2", "'x'", "1", "'[]'", "'no'"],
    ["NULL", "'x'", "1", "'[]'", "'{}'"],
    ["2", "NULL", "1", "'[]'", "'{}'"],
    ["1.5", "'x'", "1", "'[]'", "'{}'"],
  ]) {
    expect(() => insert(...bad)).toThrow();
  }
  expect(() => database.run("INSERT INTO `Order` (s,b,l,o) VALUES ('',0,'[]','{}')")).toThrow();
});

test("tokens and what stands between them are the whole text, and backticks keep every name", () => {
  const piece = fc.constantFrom(
    "a",
    "'x'",
    "'",
    '"b"',
    '"',
    "`c`",
    "[d]",
    ":p",
    "?",
    "--",
    "/*",
    "*/",
    "\n",
    " ",
    "(",
    ")",
    ";",
    "1.5",
    "é",
    "->>",
    "😀",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const sql = pieces.join("");
      const tokens = sqlTokens(sql);
      for (const { start, text } of tokens) expect(sql.slice(start, start + text.length)).toBe(text);
      const rewritten = sqlTokens(inBackticks(sql, tokens));
      expect(rewritten.map(({ kind, name }) => [kind, name])).toEqual(tokens.map(({ kind, name }) => [kind, name]));
      expect(rewritten.filter(({ quote }) => quote === '"' || quote === "[")).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
