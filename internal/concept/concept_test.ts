import { describe, expect, test } from "bun:test";
import { foundIn, loadSample, said } from "./sample_specs.ts";

const HEAD = "concept: A\npurpose: p\n";

describe("a concept is held to its shape, and everything is told", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "unknown keys at every level, with did-you-mean",
      `concpt: x\n${HEAD}state:\n  T: {fields: {a: int}, keys: a}\nactions:\n  f:\n    arg: {}\n    outputs: [{case: Success, feilds: {}}]\nprinciples: [{text: t, scenaro: x}]\n`,
      [
        "E_KEY_UNKNOWN 1:1 concept",
        "E_KEY_UNKNOWN 5:25 key",
        "W_SPEC_UNIMPLEMENTED 7:3",
        "E_KEY_UNKNOWN 8:5 args",
        "E_KEY_UNKNOWN 9:31 fields",
        "W_SPEC_PRINCIPLE_UNTESTED 10:21",
        "E_KEY_UNKNOWN 10:24 scenario",
      ],
    ],
    ["missing keys", "concept: A\n", ["E_KEY_MISSING 1:1", "E_KEY_MISSING 1:1"]],
    [
      "values of other kinds",
      "concept: A\npurpose: ' '\nstate: []\nactions: {f: {outputs: []}, g: {outputs: {}, requires: x, args: ~}}\n",
      [
        "E_KEY_TYPE 2:10",
        "E_KEY_TYPE 3:8",
        "W_SPEC_UNIMPLEMENTED 4:11",
        "E_KEY_TYPE 4:24",
        "W_SPEC_UNIMPLEMENTED 4:29",
        "E_KEY_TYPE 4:42",
        "E_KEY_TYPE 4:56",
        "E_KEY_TYPE 4:65",
      ],
    ],
    [
      "names",
      "concept: a\npurpose: p\nstate: {T-1: {c: int}, U: {'1c': int}}\nactions: {F: {outputs: [{case: ok}]}, g: {args: {a-b: int}, outputs: [{case: Ok, fields: {'': int}}]}}\n",
      [
        "E_SPEC_NAME 1:10",
        "E_SPEC_NAME 3:9",
        "E_SPEC_NAME 3:28",
        "E_SPEC_NAME 4:11",
        "E_SPEC_NAME 4:32",
        "E_SPEC_NAME 4:50",
        "E_SPEC_NAME 4:91",
      ],
    ],
    [
      "reserved names",
      `${HEAD}executor: x\nstate: {Flows: {seq: int}, sqlite_x: {a: int}, idx_invocations_SEQ: {a: int}, light_flow: {a: int}}\nactions: {f: {args: {seq: int}, outputs: [{case: Success, result: {}}]}}\n`,
      [
        "E_SPEC_RESERVED 3:1",
        "E_SPEC_RESERVED 4:9 state_flows",
        "E_SPEC_RESERVED 4:28 state_sqlite_x",
        "E_SPEC_RESERVED 4:48 state_idx_invocations_seq",
        "E_SPEC_RESERVED 5:22",
      ],
    ],
    [
      "types",
      `${HEAD}state: {T: {a: float, b: strin, c: "list<int", d: list<list<bool>>, e: null, f: ~}}\nactions: {f: {outputs: [{case: Success, result: {}}]}}\n`,
      [
        "E_SPEC_TYPE 3:16",
        "E_SPEC_TYPE 3:26 string",
        "E_SPEC_TYPE 3:36 list<int>",
        "E_SPEC_TYPE 3:72",
        "E_KEY_TYPE 3:81",
      ],
    ],
    [
      "what is there twice, tables and columns without case",
      `${HEAD}state: {T: {a: int, A: int}, t: {fields: {b: int}, key: [b, b, c]}}\nactions: {f: {outputs: [{case: Ok, result: {}}, {case: Ok, result: {}}]}}\n---\n${HEAD}actions: {f: {outputs: [{case: Ok, effects: []}]}}\n`,
      [
        "E_SPEC_DUPLICATE 3:21",
        "E_SPEC_DUPLICATE 3:30",
        "E_SPEC_DUPLICATE 3:61",
        "E_SPEC_SQL_COLUMN 3:64",
        "E_SPEC_DUPLICATE 4:56",
        "W_SPEC_OUTPUT_UNREACHABLE 4:56",
        "E_SPEC_DUPLICATE 6:10",
      ],
    ],
    [
      "results and reach",
      `${HEAD}actions:\n  f:\n    outputs:\n      - {case: A, fields: {x: int, y: int}, result: {x: "1", yy: "2"}}\n      - {case: B, fields: {z: int}}\n`,
      ["E_SPEC_RESULT 6:45", "E_SPEC_RESULT 6:62 y", "W_SPEC_OUTPUT_UNREACHABLE 7:16", "E_SPEC_RESULT 7:16"],
    ],
    [
      "a table without columns",
      `${HEAD}state: {T: {}}\nactions: {f: {outputs: [{case: A, effects: []}]}}\n`,
      ["E_KEY_TYPE 3:12"],
    ],
    [
      "a key without columns",
      `${HEAD}state: {T: {key: [], fields: {k: int}}}\nactions: {f: {outputs: [{case: A, effects: []}]}}\n`,
      ["E_KEY_TYPE 3:18"],
    ],
    [
      "a missing scenario",
      `${HEAD}actions: {f: {outputs: [{case: A, effects: []}]}}\nprinciples: [{text: t, scenario: nope.scenario.yaml}, u]\n`,
      ["E_SPEC_PRINCIPLE 4:34", "W_SPEC_PRINCIPLE_UNTESTED 4:55"],
    ],
    [
      "scenarios that are none: a concept file, a folder",
      `${HEAD}actions: {f: {outputs: [{case: A, effects: []}]}}\nprinciples: [{text: t, scenario: a.concept.yaml}, {text: u, scenario: .}]\n`,
      ["E_SPEC_PRINCIPLE 4:34", "E_SPEC_PRINCIPLE 4:71"],
    ],
    [
      "documents of no kind or both",
      "a: 1\n---\nconcept: A\nsync: b\n---\n- x\n",
      ["E_SPEC_KIND 1:1", "E_SPEC_KIND 3:1", "E_SPEC_KIND 6:1"],
    ],
    ["an empty file", "# nothing\n", ["E_SPEC_KIND 1:1"]],
    ["a file that is not YAML, once", "concept: [\n", ["E_YAML_SYNTAX 2:1"]],
    [
      "a duplicate key",
      `${HEAD}purpose: q\nactions: {f: {outputs: [{case: A, effects: []}]}}\n`,
      ["E_YAML_DUPLICATE_KEY 3:1"],
    ],
  ])("%s", async (_, text, findings) => {
    expect(await foundIn(text)).toEqual(findings);
  });
});

describe("handlers", () => {
  const text = `${HEAD}handlers: h.ts\nactions:\n  f: {outputs: [{case: Ok}]}\n  g: {outputs: [{case: Ok, effects: []}]}\n`;

  test("an action has one body, and every export is one", async () => {
    expect(await foundIn(text, { "h.ts": ["f"] })).toEqual([]);
    expect(await foundIn(text, { "h.ts": ["f", "fa", "g"] })).toEqual([
      "W_SPEC_HANDLER_UNUSED 3:11 f",
      "E_SPEC_TWO_BODIES 6:3",
    ]);
    expect(await foundIn(text, { "h.ts": [] })).toEqual(["W_SPEC_UNIMPLEMENTED 5:3"]);
  });

  test("a module that two concepts share is used by both", async () => {
    const other = `---\nconcept: B\npurpose: p\nhandlers: h.ts\nactions: {k: {outputs: [{case: A}]}}\n`;
    expect(await foundIn(text + other, { "h.ts": ["f", "k"] })).toEqual([]);
    expect(await foundIn(text + other, { "h.ts": ["f", "k", "x"] })).toEqual([
      "W_SPEC_HANDLER_UNUSED 3:11",
      expect.stringMatching(/^W_SPEC_HANDLER_UNUSED/),
    ]);
  });

  test("a module that cannot be used is one finding", async () => {
    expect(await foundIn(text)).toEqual(["E_SPEC_HANDLER 3:11"]);
    const io = { code: "E_SPEC_HANDLER_IO", message: "h.ts:1:8: no" } as const;
    expect(await foundIn(text, { "h.ts": io })).toEqual(["E_SPEC_HANDLER_IO 3:11"]);
  });

  test("bodies are known to the engine", async () => {
    const { concepts } = await loadSample({ "d/a.concept.yaml": text }, { "d/h.ts": ["f"] });
    expect(concepts[0]?.actions.map(({ uri, body }) => [uri, body])).toEqual([
      ["A.f", "handler"],
      ["A.g", "declarative"],
    ]);
  });
});

describe("files", () => {
  const actions = "actions: {f: {outputs: [{case: A, effects: []}]}}\n";

  test("are loaded in the order of the list, folders by path, each once", async () => {
    const named = (name: string) => `concept: ${name}\npurpose: p\n${actions}`;
    const files = {
      "z.concept.yaml": named("Z"),
      "d/b.sync.yaml": named("B"),
      "d/a.concept.yaml": `${named("A")}---\n${named("A2")}`,
      "d/node_modules/x.concept.yaml": "x: 1\n",
      "d/.h/x.concept.yaml": "x: 1\n",
    };
    const { concepts, findings, files: hashed } = await loadSample(files, {}, ["z.concept.yaml", "d", "."]);
    expect(concepts.map(({ name }) => name)).toEqual(["Z", "A", "A2", "B"]);
    expect(findings).toEqual([]);
    expect(hashed.map(({ path }) => path.split("/").at(-1))).toEqual([
      "z.concept.yaml",
      "a.concept.yaml",
      "b.sync.yaml",
    ]);
  });

  test("that are none, or not there, are told", async () => {
    const { findings } = await loadSample({ "a.yaml": "" }, {}, ["a.yaml", "b.concept.yaml"]);
    expect(findings.map(({ code, file }) => [code, file])).toEqual([
      ["E_SPEC_FORMAT", "a.yaml"],
      ["E_SPEC_NOT_FOUND", "b.concept.yaml"],
    ]);
  });

  test("two concepts of two files with one table are found in the second", async () => {
    const text = (name: string, table: string) =>
      `concept: ${name}\npurpose: p\nstate: {${table}: {a: int}}\n${actions}`;
    const { findings } = await loadSample({
      "a.concept.yaml": text("A", "Items"),
      "b.concept.yaml": text("B", "ITEMS"),
    });
    expect([said(findings), findings[0]?.file]).toEqual([["E_SPEC_DUPLICATE 3:9"], "b.concept.yaml"]);
  });
});
