import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { writeFiles } from "../testkit/mod.ts";
import {
  type Edge,
  makeModuleWithEdges,
  newEngineFromModule,
  readModule,
  tempDir,
  testWorld,
  writeEdges,
} from "./mod.ts";

const Name = fc.constantFrom("ingress", "egress", "Timer", "Collect", "FanOut", "A", "b_1", "é");
const Id = fc.integer({ min: 1, max: 3 });
const AnyEdge: fc.Arbitrary<Edge> = fc.record(
  {
    from: Name,
    to: Name,
    fromId: Id,
    toId: Id,
    unit: fc.string({ minLength: 1 }),
    type: fc.string(),
    bounded: fc.boolean(),
    delivery: fc.string(),
    minCapacity: fc.nat(9),
    maxCapacity: fc.integer({ min: 1, max: 9 }),
    backpressure: fc.constantFrom("block", "dropOldest", "dropNewest", "shuntOldest", "shuntNewest"),
    queue: fc.constantFrom("FIFO", "LIFO"),
  },
  { requiredKeys: ["from", "to"] },
);

test("acceptance 31: what is read is what was written, ids filled in (property)", () => {
  const dir = tempDir();
  fc.assert(
    fc.property(fc.array(AnyEdge, { minLength: 1, maxLength: 8 }), (edges) => {
      const made = makeModuleWithEdges(dir, "app", "P", edges);
      writeEdges(
        dir,
        "other",
        "P",
        edges.map((edge) => ({ unit: "app", ...edge })),
      );
      expect(readModule(dir, "other")).toEqual({ ...made, package: "other" });
      const filled = edges.map((edge) => ({ unit: "app", fromId: 1, toId: 1, ...edge }));
      expect(made).toEqual({ package: "app", pipelines: [{ name: "P", edges: filled, collects: [] }] });
    }),
    { numRuns: 100 },
  );
});

test("the file stands where --emit-debug writes it, with the keys in order and nothing that was not given", () => {
  const dir = tempDir();
  const path = writeEdges(dir, "app", "P", [{ to: "egress", maxCapacity: 2, from: "ingress" }]);
  expect(path).toBe(join(dir, "build/debug/asm/app/edges.json"));
  const edge = { unit: "app", pipeline: "P", from: "ingress", to: "egress", fromId: 1, toId: 1, maxCapacity: 2 };
  const document = { schema: "edges.v1", package: "app", edges: [edge] };
  expect(readFileSync(path, "utf8")).toBe(`${JSON.stringify(document, null, 2)}\n`);
});

test("a reader takes Collects with their plans, fills in ids, and ignores what it does not know", () => {
  const dir = tempDir();
  const edges = [
    { pipeline: "P", from: "ingress", to: "C", toId: 2, colour: "red" },
    { pipeline: "P", from: "C", fromId: 2, to: "egress" },
  ];
  const collect = [{ pipeline: "P", step: "C", id: 2, merge: [{ name: "merge.Window", args: [2] }] }];
  const text = JSON.stringify({ schema: "edges.v1", package: "app", edges, collect, more: 1 });
  writeFiles(dir, { "build/debug/asm/app/edges.json": text });
  const module = readModule(dir, "app");
  expect(module.pipelines[0]).toEqual({
    name: "P",
    edges: [
      { from: "ingress", to: "C", fromId: 1, toId: 2 },
      { from: "C", to: "egress", fromId: 2, toId: 1 },
    ],
    collects: [{ step: "C#2", plan: { window: 2 } }],
  });
  const { outputs } = newEngineFromModule(module).runPipelineWithStats(testWorld(), module, "P", [1, 2, 3]);
  expect(outputs.map(({ payload }) => payload)).toEqual([1, 2, 3]);
});

test("a file that is no edges.v1 document is refused with the place", () => {
  const dir = tempDir();
  writeFiles(dir, {
    "build/debug/asm/app/edges.json": '{"schema":"edges.v1","package":"app","edges":[{"pipeline":"P"}]}',
  });
  expect(() => readModule(dir, "app")).toThrow(
    /^E_EDGES_SHAPE: .*edges\.json is no edges\.v1 document: edges\.0\.from/,
  );
});
