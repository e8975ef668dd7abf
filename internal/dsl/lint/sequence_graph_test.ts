import { expect, test } from "bun:test";
import { dslSource, readWdl } from "../syntax/mod.ts";
import { flow } from "./lint_sample.ts";
import { cycleIn, type SequenceNode, sequenceGraph, unreachableIn } from "./sequence_graph.ts";

function graphOf(...lines: string[]): ReturnType<typeof sequenceGraph> {
  const reading = readWdl(dslSource("f.wdl", flow("steps:", ...lines)));
  if (!("file" in reading)) throw new Error(reading.issue.message);
  return sequenceGraph(reading.file.steps);
}

const edges = ({ nodes }: { nodes: readonly SequenceNode[] }) =>
  nodes.flatMap(({ name, next }) => [...next].map((to) => `${name} ${to.name}`));

test("a body is left by its last step and by its condition, a handler by its last step", () => {
  const graph = graphOf(
    "  - a(op.x):",
    '  - when $step.a.k == "x":',
    "      b(op.x):",
    "  - c(op.x):",
    "  - on failure:",
    "      d(op.x):",
    "  - e(op.x):",
    "  - on failure finish:",
    "      f(op.x):",
    "  - g(op.x):",
  );
  expect(edges(graph)).toEqual(["a when", "when b", "when c", "b c", "c d", "c e", "d e", "e f", "e g"]);
  expect(cycleIn(graph)).toBeUndefined();
  expect(unreachableIn(graph)).toEqual([]);
});

test("a cycle is closed by the id that is met again", () => {
  expect(cycleIn(graphOf("  - a(op.x):", "  - b(op.x):", "  - c(op.x):", "  - b(op.x):"))?.name).toBe("b");
});

test("what no walk from the entry meets is unreachable", () => {
  const node = (name: string, ...next: SequenceNode[]): SequenceNode => ({ name, at: 0, next: new Set(next) });
  const c = node("c");
  const [a, b] = [node("a", c), node("b", c)];
  expect(unreachableIn({ entry: a, nodes: [a, b, c] })).toEqual([b]);
});

test("deep nesting takes no call stack", () => {
  const lines = Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth + 6)}when $input.a == "x${depth}":`);
  const graph = graphOf('  - when $input.a == "x":', ...lines, `${" ".repeat(3006)}a(op.x):`);
  expect(graph.nodes).toHaveLength(3002);
  expect(cycleIn(graph)).toBeUndefined();
});
