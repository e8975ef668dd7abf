import { describe, expect, test } from "bun:test";
import { type EdgeSpec, type NodeSpec, sampleIr, sampleSwitch } from "../testkit/mod.ts";
import { FlowGraph } from "./flow_graph.ts";
import { GraphWalk } from "./graph_walk.ts";
import { chooseCase, switchRule } from "./switch_rule.ts";

function graphOf(nodes: readonly NodeSpec[], edges: readonly EdgeSpec[]): FlowGraph {
  return new FlowGraph(sampleIr(nodes, edges).graph);
}

/** The ids in the order in which they run; those in `failing` fail, switches choose `choices[id]`. */
function walked(graph: FlowGraph, failing: readonly string[] = [], choices: Readonly<Record<string, string>> = {}) {
  const walk = new GraphWalk(graph);
  const ran: string[] = [];
  let isHandled = true;
  for (let node = walk.next(); node !== undefined && isHandled; node = walk.next()) {
    const spec = graph.nodes[node];
    if (spec === undefined) throw new Error("no such node");
    ran.push(spec.id);
    const chosen = choices[spec.id];
    if (failing.includes(spec.id)) isHandled = walk.fail(node);
    else walk.succeed(node, chosen, graph.number(switchRule(spec).cases.get(chosen ?? "") ?? ""));
  }
  const skipped = graph.nodes.filter((_, node) => walk.status(node) === "skipped").map(({ id }) => id);
  return { ran, skipped, isHandled, isDone: walk.isDone };
}

const ABCD = [{ id: "a" }, { id: "b" }, { id: "c" }, { id: "d" }];

describe("a graph is walked as flows §10 has it", () => {
  test("the join of a diamond runs once, after both sides, which run in node order", () => {
    const graph = graphOf(ABCD, ["a -> c", "a -> b", "c -> d", "b -> d"]);
    expect(walked(graph)).toEqual({ ran: ["a", "b", "c", "d"], skipped: [], isHandled: true, isDone: true });
  });

  test("a join with one skipped side runs; a node behind skipped nodes only never does", () => {
    const nodes = [sampleSwitch("s", "m", { x: "b", y: "c" }), ...ABCD.slice(1), { id: "e" }];
    const graph = graphOf(nodes, ["s -x> b", "s -y> c", "b -> d", "c -> d", "c -> e"]);
    expect(walked(graph, [], { s: "x" })).toEqual({
      ran: ["s", "b", "d"],
      skipped: ["c", "e"],
      isHandled: true,
      isDone: true,
    });
  });

  test("after a failure the failure edges are taken; without any the run ends there", () => {
    const graph = graphOf(ABCD, ["a -!> b", "a -> c", "b -> d", "c -> d"]);
    expect(walked(graph, ["a"])).toEqual({ ran: ["a", "b", "d"], skipped: ["c"], isHandled: true, isDone: true });
    expect(walked(graph, [])).toEqual({ ran: ["a", "c", "d"], skipped: ["b"], isHandled: true, isDone: true });
    expect(walked(graph, ["a", "b"])).toMatchObject({ ran: ["a", "b"], skipped: ["c", "d"], isHandled: false });
  });

  test("of a switch the edges with its case are taken, and those without any to its target", () => {
    const nodes = [sampleSwitch("s", "m", { x: "b", _DEFAULT: "c" }), ...ABCD.slice(1)];
    const graph = graphOf(nodes, ["s -> b", "s -> c", "s -x> d"]);
    expect(walked(graph, [], { s: "x" }).ran).toEqual(["s", "b", "d"]);
    expect(walked(graph, [], { s: "_DEFAULT" }).ran).toEqual(["s", "c"]);
  });

  test("several nodes may run at once: the next is given out before the last is settled", () => {
    const walk = new GraphWalk(graphOf(ABCD, ["a -> b", "a -> c", "b -> d", "c -> d"]));
    walk.succeed(walk.next() ?? -1);
    expect([walk.next(), walk.next(), walk.next()]).toEqual([1, 2, undefined]);
    walk.succeed(2);
    expect(walk.next()).toBeUndefined();
    walk.succeed(1);
    expect(walk.next()).toBe(3);
  });
});

describe("a switch chooses (flows §10, 3)", () => {
  const rule = {
    key: undefined,
    cases: new Map([
      ["3", "a"],
      ["true", "b"],
      ["x", "c"],
    ]),
    default: "_DEFAULT",
  };

  test("a text equals a case exactly, a number or boolean by its JSON text; null, lists and mappings never match", () => {
    const chosen = (key: Parameters<typeof chooseCase>[1]) => chooseCase(rule, key, []);
    expect([chosen("x"), chosen("X"), chosen(3), chosen("3"), chosen(3.5), chosen(true), chosen(3n)]).toEqual([
      "x",
      undefined,
      "3",
      "3",
      undefined,
      "true",
      "3",
    ]);
    expect([chosen(null), chosen(["x"]), chosen({ x: 1 })]).toEqual([undefined, undefined, undefined]);
  });

  test("the default counts if cases has it, or an edge leaves with it", () => {
    const edge = { from: 0, to: 1, onFailure: false, case: "_DEFAULT" };
    expect(chooseCase(rule, "zz", [])).toBeUndefined();
    expect(chooseCase(rule, "zz", [edge])).toBe("_DEFAULT");
    expect(chooseCase({ ...rule, cases: new Map([["_DEFAULT", "a"]]) }, null, [])).toBe("_DEFAULT");
  });
});
