import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { sampleIr, sampleSwitch } from "../testkit/mod.ts";
import { checkIr } from "./check_ir.ts";

const COLDSTORE = join(import.meta.dir, "../../testdata/examples/coldstore/expected/flows/coldstore.monitor.ir.json");

function codes(value: unknown): readonly string[] {
  return checkIr(value).problems.map(({ code, message }) => `${code} ${message}`);
}

const TWO = [{ id: "a" }, { id: "b" }];

describe("an IR is held to flows §9", () => {
  test("the IR of the cold store has no problem", async () => {
    const ir = await Bun.file(COLDSTORE).json();
    expect(checkIr(ir)).toEqual({ ir, problems: [] });
  });

  test("every problem with the schema is listed with its path", () => {
    const ir = sampleIr(TWO, ["a -> b"]);
    const { graph, ...noGraph } = ir;
    expect(codes(noGraph)).toEqual(["E_IR_SCHEMA /graph: it is missing"]);
    const [first] = graph.nodes;
    const broken = {
      ...ir,
      flow: { name: "a b", timeout_ms: -1, extra: true },
      inputs_schema: { a: 1, constructor: {} },
      graph: { nodes: [{ ...first, with: [] }, 4], edges: [{ from: "a", to: "b", on: "maybe" }] },
      metadata: { generated_at: "yesterday", source_file: "" },
    };
    expect(codes(broken)).toEqual([
      'E_IR_SCHEMA /flow/name: expected a name of letters, digits and _ . -, found "a b"',
      "E_IR_SCHEMA /flow/timeout_ms: expected an integer from 0 to 2147483647, found -1",
      "E_IR_SCHEMA /flow/extra: no such member is allowed here",
      "E_IR_SCHEMA /inputs_schema/a: expected an object, found 1",
      "E_IR_SCHEMA /graph/nodes/0/with: expected an object, found a list",
      "E_IR_SCHEMA /graph/nodes/1: expected an object, found 4",
      'E_IR_SCHEMA /graph/edges/0/on: expected "success" or "failure", found "maybe"',
      'E_IR_SCHEMA /metadata/generated_at: expected a time as 2026-01-01T00:00:00Z, found "yesterday"',
      'E_IR_SCHEMA /metadata/source_file: expected a text that is not empty, found ""',
    ]);
    expect(codes([])).toEqual(["E_IR_SCHEMA /: expected an object, found a list"]);
    expect(codes({ ...ir, graph: { nodes: [], edges: [] } })).toEqual([
      "E_IR_SCHEMA /graph/nodes: expected a list with at least one node, found a list",
    ]);
  });

  test("unknown members of open objects are ignored", () => {
    const ir = sampleIr([{ id: "a", more: 1 }], [], { more: { a: 1 } });
    expect(codes(ir)).toEqual([]);
  });

  test("flows row 16: a version that is not 1.0.z is refused, and nothing else is said", () => {
    for (const version of ["2.0.0", "1.1.0", "0.9.0"]) {
      expect(checkIr({ version, graph: 3 }).problems.map(({ code }) => code)).toEqual(["E_IR_VERSION"]);
    }
    expect(codes(sampleIr([{ id: "a" }], [], { version: "1.0.3" }))).toEqual([]);
    for (const version of ["1.0", "v1.0.0", "1.0.0-beta", ""]) {
      expect(codes(sampleIr([{ id: "a" }], [], { version }))).toEqual([
        `E_IR_SCHEMA /version: expected a version as 1.0.0, found ${JSON.stringify(version)}`,
      ]);
    }
  });

  test("flows row 15: a node id twice, a dangling edge, a cycle, a second entry", () => {
    expect(codes(sampleIr([{ id: "a" }, { id: "a" }], []))).toEqual([
      "E_IR_DUPLICATE_NODE /graph/nodes/1/id: node a is there already, as number 0",
    ]);
    expect(codes(sampleIr([{ id: "read" }, { id: "b" }], ["read -> b", "raed -> b", "b -> zz"]))).toEqual([
      "E_IR_DANGLING_EDGE /graph/edges/1/from: there is no node raed",
      "E_IR_DANGLING_EDGE /graph/edges/2/to: there is no node zz",
    ]);
    expect(codes(sampleIr([...TWO, { id: "c" }], ["a -> b", "b -> c", "c -> b"]))).toEqual([
      "E_IR_CYCLE /graph/nodes/1: the graph has a cycle: b -> c -> b",
    ]);
    expect(codes(sampleIr(TWO, ["a -> b", "b -> a"]))).toEqual([
      "E_IR_CYCLE /graph/nodes/0: the graph has a cycle: a -> b -> a",
      "E_IR_ENTRY /graph: no node is without incoming edges, so none can be first",
    ]);
    expect(codes(sampleIr([...TWO, { id: "c" }], ["a -> b"]))).toEqual([
      "E_IR_ENTRY /graph/nodes/2: c has no incoming edges, as a has none; a flow has one entry",
    ]);
  });

  test("a switch says where it looks and leads where edges lead", () => {
    const nodes = [sampleSwitch("s", "m", { x: "a", y: "zz", z: "b", 1: 5 }), ...TWO, { id: "c" }];
    expect(codes(sampleIr(nodes, ["s -x> a", "s -y> c", "a -x> b", "c -> b"]))).toEqual([
      "E_IR_SWITCH /graph/edges/2/case: only an edge that leaves a switch has a case; a is op.x",
      "E_IR_SWITCH /graph/nodes/0/with/cases/1: expected the id of a node that an edge from s leads to, found 5",
      'E_IR_SWITCH /graph/nodes/0/with/cases/y: expected the id of a node that an edge from s leads to, found "zz"',
      "E_IR_SWITCH /graph/nodes/0/with/cases/z: no edge leads from s to b",
    ]);
    const bad = { id: "s", type: "switch", with: { key_from: "$.input.x", default: 1 } };
    expect(codes(sampleIr([bad], []))).toEqual([
      'E_IR_SWITCH /graph/nodes/0/with/key_from: expected $.inputs.PATH or $.vars.STEP.PATH, found "$.input.x"',
      "E_IR_SWITCH /graph/nodes/0/with/default: expected a case, found 1",
      "E_IR_SWITCH /graph/nodes/0/with/cases: expected an object, found nothing",
    ]);
  });

  test("a node behind a case that its switch does not have is a warning", () => {
    const nodes = [sampleSwitch("s", "m", { x: "a" }), ...TWO, { id: "c" }];
    const { ir, problems } = checkIr(sampleIr(nodes, ["s -x> a", "s -y> b", "b -> c"]));
    expect(ir).toBeDefined();
    expect(problems.map(({ code, level, path }) => [code, level, path])).toEqual([
      ["W_IR_UNREACHABLE", "warn", ["graph", "nodes", 2]],
      ["W_IR_UNREACHABLE", "warn", ["graph", "nodes", 3]],
    ]);
    expect(codes(sampleIr(nodes, ["s -x> a", "s -_DEFAULT> b", "b -> c"]))).toEqual([]);
    expect(codes(sampleIr(nodes, ["s -x> a", "s -!> b", "b -> c"]))).toEqual([]);
  });

  test("a chain of ten thousand nodes and a cycle as long are judged at once", () => {
    const nodes = Array.from({ length: 10_000 }, (_, n) => ({ id: `n${n}` }));
    const edges = nodes.slice(1).map(({ id }, n) => `n${n} -> ${id}`);
    expect(codes(sampleIr(nodes, edges))).toEqual([]);
    expect(codes(sampleIr(nodes, [...edges, "n9999 -> n1"]))[0]).toStartWith(
      "E_IR_CYCLE /graph/nodes/1: the graph has a cycle: n1 -> n2 -> n3",
    );
  });
});
