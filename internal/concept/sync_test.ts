import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { loadSample, said } from "./sample_specs.ts";

const CONCEPT = `concept: Cart
purpose: p
state:
  Line: {key: [order_id, sku], fields: {order_id: string, sku: string, n: int, flow_token: string}}
  Note: {text: string}
actions:
  add:
    args: {sku: string, n: int, tags: list<string>, more: object}
    outputs:
      - {case: Success, fields: {order: string, both: int}, result: {order: "'x'", both: "1"}, when: "1"}
      - {case: Full, fields: {left: int, both: string}, result: {left: "0", both: "''"}}
  done:
    outputs: [{case: Success, effects: []}]
  say:
    args: {text: string, n: int, all: array}
    outputs: [{case: Success, effects: []}]
`;

const load = (sync: string) => loadSample({ "a.concept.yaml": CONCEPT, "b.sync.yaml": sync });
const found = async (sync: string) => said((await load(sync)).findings);
const DONE = "then: {action: Cart.done}\n";

describe("a sync is checked", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "unknown keys",
      `sync: s\nscop: flow\nwhen: {action: Cart.done, cas: x}\nwhere: {from: Note, filtr: "1"}\nthen: {action: Cart.done, arg: {}}\n`,
      [
        "E_KEY_UNKNOWN 2:1 scope",
        "E_KEY_UNKNOWN 3:27 case",
        "E_KEY_UNKNOWN 4:21 filter",
        "E_KEY_UNKNOWN 5:27 args",
        "W_SYNC_POSSIBLE_CYCLE 1:7",
      ],
    ],
    ["missing keys and empty lists", "sync: s\nwhen: []\n", ["E_KEY_MISSING 1:1", "E_KEY_TYPE 2:7"]],
    [
      "literals that are never equal to what they are held against",
      `sync: s\nwhen: {action: Cart.add, case: Success, match: {args.sku: 3, args.n: 3, args.tags: [x], "args.tags[0]": 4, args.more: x, both: {literal: "1"}}}\n${DONE}`,
      ["W_SYNC_MATCH_NEVER 2:59", "W_SYNC_MATCH_NEVER 2:105", "W_SYNC_MATCH_NEVER 2:119", "W_SYNC_MATCH_NEVER 2:128"],
    ],
    [
      "names",
      "sync: 1a\nwhen: {action: Cart.add, bind: {a-b: order, seq: order}}\nthen: {action: Cart.done}\n",
      ["E_SPEC_NAME 1:7", "E_SPEC_NAME 2:33", "E_SPEC_RESERVED 2:45"],
    ],
    [
      "actions",
      "sync: s\nwhen: {action: Cart.ad}\nthen: {action: Cart.don}\n",
      ["E_SYNC_ACTION_UNKNOWN 2:16 Cart.add", "E_SYNC_ACTION_UNKNOWN 3:16 Cart.done"],
    ],
    [
      "cases",
      `sync: s\nwhen: [{action: Cart.add, case: Ful}, {action: Cart.done, event: invoked, case: Success}, {action: Cart.done, event: invokd}]\n${DONE}`,
      ["E_SYNC_CASE_UNKNOWN 2:33 Full", "E_KEY_UNKNOWN 2:75", "E_KEY_TYPE 2:118 invoked", "W_SYNC_POSSIBLE_CYCLE 1:7"],
    ],
    [
      "paths",
      `sync: s
when:
  - action: Cart.add
    case: Success
    match: {args.sk: a, output.left: 1, ordr: x, sku: x, args.sku.x: 1, "args.tags[0]": a, args.tags.x: 1, a..b: 1, args.more.x.y: 2, result.order: x}
  - {action: Cart.add, event: invoked, match: {output.order: 1, sku: a}}
${DONE}`,
      [
        "E_SYNC_PATH_UNKNOWN 5:13 args.sku",
        "E_SYNC_PATH_UNKNOWN 5:25",
        "E_SYNC_PATH_UNKNOWN 5:41 order",
        "E_SYNC_PATH_UNKNOWN 5:50",
        "E_SYNC_PATH_UNKNOWN 5:58",
        "E_SYNC_PATH_UNKNOWN 5:92",
        "E_SYNC_PATH_UNKNOWN 5:108",
        "E_SYNC_PATH_UNKNOWN 6:48 args.order",
      ],
    ],
    [
      "tables and columns",
      `sync: s\nwhen: {action: Cart.done, case: Success}\nwhere: [{from: Lin}, {from: Line, bind: {a: skuu}, order_by: [m desc, n sideways]}]\nthen: {action: Cart.say, args: {text: bound.a, n: 1, all: []}}\n`,
      [
        "E_SYNC_TABLE_UNKNOWN 3:16 Line",
        "E_SYNC_COLUMN_UNKNOWN 3:45 sku",
        "E_SYNC_COLUMN_UNKNOWN 3:63",
        "E_KEY_TYPE 3:71",
      ],
    ],
    [
      "filters",
      `sync: s\nwhen: {action: Cart.add, case: Success, bind: {o: order}}\nwhere: {from: Line, filter: "order_id = :o AND sku = bound.nosuch AND m = :oo AND n = 'bound.x'"}\n${DONE}`,
      ["E_SYNC_VAR_UNBOUND 3:54", "E_SPEC_SQL_COLUMN 3:71", "E_SYNC_VAR_UNBOUND 3:75 :o"],
    ],
    [
      "filters for what SQL may not do",
      `sync: s\nwhen: {action: Cart.add}\nwhere: [{from: Line, filter: "random()"}, {from: Line, filter: "1) OR (1"}, {from: Line, filter: '"x" = 1'}]\n${DONE}`,
      [
        "E_SPEC_SQL_NONDETERMINISTIC 3:31 give what changes as an arg of the action",
        "E_SPEC_SQL_SYNTAX 3:66",
        "E_SPEC_SQL_COLUMN 3:99",
      ],
    ],
    [
      "variables",
      `sync: s\nwhen: {action: Cart.add, case: Success, bind: {o: order, unused: sku, seq: order}, match: {args.n: "?o", args.sku: "?a-b"}}\nthen: {action: Cart.say, args: {text: bound.oo, n: bound.n, all: []}}\n`,
      [
        "E_SYNC_PATH_UNKNOWN 2:66",
        "E_SPEC_RESERVED 2:71",
        "E_SPEC_NAME 2:116",
        "E_SYNC_VAR_TYPE 2:48",
        "E_SYNC_VAR_UNBOUND 3:39 o",
        "E_SYNC_VAR_UNBOUND 3:52",
        "W_SYNC_UNUSED_BINDING 2:58",
      ],
    ],
    [
      "variables that were met first where nothing tells their type",
      `sync: s\nwhen: {action: Cart.add, case: Success, match: {args.more.x: "?v", args.n: "?v", order: "?v"}}\nthen: {action: Cart.say, args: {text: bound.v, n: bound.v, all: []}}\n`,
      ["E_SYNC_VAR_TYPE 2:89", "E_SYNC_ARG_TYPE 3:39"],
    ],
    [
      "args",
      `sync: s\nwhen: {action: Cart.add, case: Success, bind: {o: order, b: args.more}}\nthen:\n  - {action: Cart.say, args: {txt: x, n: bound.o, all: [bound.b]}}\n  - {action: Cart.say, args: {text: 1, n: "1", all: {x: bound.b.c}}}\n  - {action: Cart.say, args: {text: bound.b.c, n: bound.b.d, all: bound.o.x}}\n`,
      [
        "E_SYNC_ARG_MISSING 4:24",
        "E_SYNC_ARG_UNKNOWN 4:31 text",
        "E_SYNC_ARG_TYPE 4:42",
        "E_SYNC_ARG_TYPE 5:37",
        "E_SYNC_ARG_TYPE 5:43",
        "E_SYNC_ARG_TYPE 5:53",
        "E_SYNC_PATH_UNKNOWN 6:67",
      ],
    ],
    [
      "values",
      `sync: s\nwhen: {action: Cart.add, match: {args.n: 1.5, args.sku: ~}}\nthen: {action: Cart.say, args: {text: 2020-01-01, n: 9223372036854775808, all: [2.0, ~]}}\n`,
      [
        "E_VALUE_FLOAT 2:42",
        "E_VALUE_NULL 2:57",
        "E_VALUE_RANGE 3:54",
        "E_VALUE_FLOAT 3:81 write 2",
        "E_VALUE_NULL 3:86",
      ],
    ],
    [
      "templates",
      `sync: s\nwhen: {action: Cart.add, case: Success, bind: {o: order}}\nthen: {action: Cart.say, args: {text: "x \${bound.o}", n: 1, all: ["\${bound.}", "\${bound.o}", "bound. o"]}}\n`,
      [
        "E_SYNC_TEMPLATE 3:39 bind what is needed as a variable of its own",
        "E_SYNC_TEMPLATE 3:67 bind what is needed as a variable of its own",
      ],
    ],
    [
      "scopes",
      `sync: s\nscope: keyed("sku")\nwhen: [{action: Cart.add, bind: {sku: args.sku}}, {action: Cart.done}]\nwhere: [{from: Line}, {from: Note}]\n${DONE}---\nsync: t\nscope: al\nwhen: {action: Cart.say}\n${DONE}`,
      ["E_SYNC_SCOPE 2:1", "E_SYNC_SCOPE 4:30", "E_SYNC_SCOPE 8:8", "W_SYNC_POSSIBLE_CYCLE 1:7"],
    ],
    [
      "unused variables, but for keys and joins",
      `sync: s\nwhen: [{action: Cart.add, case: Success, bind: {a: order, b: args.sku}}, {action: Cart.add, event: invoked, bind: {b: sku}}]\nwhere: {from: Line, bind: {k: sku, c: n}}\n${DONE}`,
      ["W_SYNC_UNUSED_BINDING 2:49", "W_SYNC_UNUSED_BINDING 3:36"],
    ],
    [
      "doubles",
      `sync: s\nwhen: {action: Cart.add}\n${DONE}---\nsync: s\nwhen: {action: Cart.say}\n${DONE}`,
      ["E_SPEC_DUPLICATE 5:7"],
    ],
  ])("%s", async (_, sync, findings) => {
    const unordered = (list: readonly string[]) => list.toSorted();
    expect(unordered(await found(sync))).toEqual(unordered(findings));
  });

  test("what is wrong in its literals is told with its path, and of the args as a whole", async () => {
    const messages = async (args: string) => {
      const then = `{action: Cart.add, args: {sku: x, n: 1, tags: [a], ${args}}}`;
      const { findings } = await load(`sync: s\nwhen: {action: Cart.done}\nthen: ${then}\n`);
      return findings.filter(({ level }) => level === "error").map(({ code, message }) => `${code} ${message}`);
    };
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(await messages(`more: {"a b": [1.5], c.d: {literal: ~}}`)).toEqual([
      expect.stringMatching(/^E_VALUE_FLOAT \$\.more\["a b"\]\[0\] is 1\.5/),
      expect.stringMatching(/^E_VALUE_NULL \$\.more\["c\.d"\] is null/),
    ]);
    expect(await messages(`more: {"\u00e9": 1, "e\u0301": bound.flow_token}`)).toEqual([
      expect.stringMatching(/^E_VALUE_DUPLICATE_KEY \$\.more\["\u00e9"\] is given twice/),
    ]);
    expect(await messages(`more: {"\\ud800": 1}`)).toEqual([
      expect.stringMatching(/^E_VALUE_SURROGATE \$\.more has a key/),
    ]);
    expect(await messages(`more: {a: {literal: ${nested(254)}}}`)).toEqual([]);
    expect(await messages(`more: {a: {literal: ${nested(255)}}}`)).toEqual([expect.stringMatching(/^E_VALUE_DEPTH/)]);
    expect(await messages(`more: {a: ${nested(255)}}`)).toEqual([expect.stringMatching(/^E_VALUE_DEPTH/)]);
  });

  test("nothing follows from a file that cannot be read", async () => {
    const files = { "a.concept.yaml": "concept: [", "b.sync.yaml": `sync: s\nwhen: {action: Cart.add}\n${DONE}` };
    expect(said((await loadSample(files)).findings)).toEqual(["E_YAML_SYNTAX 1:11"]);
  });
});

describe("all syncs together", () => {
  const sync = (name: string, when: string, then: string) =>
    `sync: ${name}\nwhen: {action: Cart.${when}}\nthen: {action: Cart.${then}, args: {}}\n`;
  const messages = async (...syncs: readonly string[]) =>
    (await load(syncs.join("---\n"))).findings
      .filter(({ level }) => level === "warn")
      .map(({ code, message }) => `${code} ${message}`);

  test("every circle is told once, from its first sync", async () => {
    expect(
      await messages(
        sync("a", "say", "add"),
        sync("b", "add", "done"),
        sync("c", "done", "say"),
        sync("d", "done", "add"),
      ),
    ).toEqual([
      "W_SYNC_POSSIBLE_CYCLE these syncs may go on for ever: a -> b -> c -> a",
      "W_SYNC_POSSIBLE_CYCLE these syncs may go on for ever: b -> d -> b",
    ]);
  });

  test("a graph of many circles ends", async () => {
    const many = Array.from({ length: 30 }, (_, n) => sync(`s${n}`, "done", "done"));
    expect((await messages(...many)).length).toBe(100);
  });

  test("a case is handled by a completed pattern of it, or of all", async () => {
    const told = "W_SYNC_UNHANDLED_CASE a invokes Cart.add, but no sync handles its case Full";
    expect(await messages(sync("a", "say", "add"))).toEqual([told]);
    expect(await messages(sync("a", "say", "add"), sync("b", "add, case: Success", "done"))).toEqual([told]);
    expect(await messages(sync("a", "say", "add"), sync("b", "add, event: invoked", "done"))).toEqual([told]);
    expect(await messages(sync("a", "say", "add"), sync("b", "add, case: Full", "done"))).toEqual([]);
    expect(await messages(sync("a", "say", "add"), sync("b", "add", "done"))).toEqual([]);
  });
});

describe("a sync is compiled", () => {
  test("to patterns, queries and templates", async () => {
    const { syncs, findings } = await load(`sync: s
scope: flow
when:
  - {action: Cart.add, case: Success, match: {args.n: 3, "args.tags[0]": "?t", args.sku: {literal: "?x"}}, bind: {o: output.order}}
  - {action: Cart.done, event: invoked}
where:
  from: Line
  filter: "order_id = bound.o AND sku <> ':t bound.t' AND bound . t <> \\"sku\\""
  bind: {sku: sku}
  order_by: n desc
then:
  - {action: Cart.say, args: {text: "\${bound.sku}", n: 9007199254740993, all: [bound.t, {literal: bound.o}, {a: bound.flow_token}]}}
  - {action: Cart.done}
`);
    expect(said(findings)).toEqual(["W_SYNC_POSSIBLE_CYCLE 1:7"]);
    const [compiled] = syncs;
    expect(compiled).toMatchObject({
      name: "s",
      scope: { kind: "flow" },
      variables: ["t", "o", "sku"],
      when: [
        {
          action: "Cart.add",
          event: "completed",
          case: "Success",
          terms: [
            { path: { root: "args", steps: ["n"] }, is: { kind: "literal", value: 3 } },
            { path: { root: "args", steps: ["tags", 0] }, is: { kind: "variable", name: "t" } },
            { path: { root: "args", steps: ["sku"] }, is: { kind: "literal", value: "?x" } },
            { path: { root: "output", steps: ["order"] }, is: { kind: "variable", name: "o" } },
          ],
        },
        { action: "Cart.done", event: "invoked", terms: [] },
      ],
      invokes: [
        {
          syncId: "s",
          action: "Cart.say",
          args: [
            { name: "text", value: { kind: "bound", variable: "sku", steps: [] } },
            { name: "n", value: { kind: "literal", value: 9007199254740993n } },
            {
              name: "all",
              value: {
                kind: "array",
                items: [
                  { kind: "bound", variable: "t", steps: [] },
                  { kind: "literal", value: "bound.o" },
                  {
                    kind: "object",
                    entries: [{ key: "a", value: { kind: "bound", variable: "flow_token", steps: [] } }],
                  },
                ],
              },
            },
          ],
        },
        { syncId: "s#2", action: "Cart.done", args: [] },
      ],
    });
    expect(compiled?.where[0]).toMatchObject({
      from: "Line",
      params: ["flow_token", "o", "t"],
      binds: [{ variable: "sku", column: "sku", type: { kind: "string" } }],
    });
  });

  test("its queries give the rows of the scope, in row order", async () => {
    const { concepts, syncs, findings } = await load(`sync: s
when: {action: Cart.add, case: Success, bind: {o: order}}
where: [{from: Line, filter: "order_id = :o -- mine", bind: {k: sku, n: n}, order_by: n desc}, {from: Note, bind: {x: text}}, {from: Note}]
then: {action: Cart.say, args: {text: bound.x, n: bound.n, all: []}}
`);
    expect(findings).toEqual([]);
    const database = new Database(":memory:", { strict: true, safeIntegers: true });
    for (const { ddl } of concepts[0]?.tables ?? []) database.run(ddl);
    database.run(
      "INSERT INTO Line VALUES ('o','b',1,'f'), ('o','a',1,'f'), ('o','c',2,'f'), ('o','d',3,'g'), ('p','e',4,'f')",
    );
    database.run("INSERT INTO Note VALUES ('z'), ('a')");
    const rows = (index: number, bindings: Record<string, string>) =>
      database.prepare<unknown, Record<string, string>[]>(syncs[0]?.where[index]?.sql ?? "").values(bindings);
    expect(rows(0, { flow_token: "f", o: "o" })).toEqual([
      ["c", 2n, 1n],
      ["a", 1n, 1n],
      ["b", 1n, 1n],
    ]);
    expect(rows(1, {})).toEqual([
      ["z", 1n],
      ["a", 1n],
    ]);
    expect(rows(2, {})).toEqual([[1n], [1n]]);
    expect(syncs[0]?.where.map(({ params }) => params)).toEqual([["flow_token", "o"], [], []]);
  });

  test("under keyed(v) only rows with v are seen, and all flows", async () => {
    const { syncs } = await load(`sync: s
scope: keyed(sku)
when: {action: Cart.add, bind: {sku: args.sku}}
where: {from: Line}
${DONE}`);
    expect(syncs[0]?.scope).toEqual({ kind: "keyed", variable: "sku" });
    expect(syncs[0]?.where[0]).toMatchObject({
      sql: "SELECT 1 FROM `Line` WHERE `sku` = :sku ORDER BY `order_id`, `sku`",
      params: ["sku"],
    });
  });
});
