import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import * as v from "valibot";
import { EDGE_POLICIES, type MergePlan } from "../syntax/mod.ts";
import { artifactText } from "./artifact_text.ts";
import { EdgesSchema, edgesDocument } from "./edges_document.ts";
import { GraphSchema, graphDocument } from "./graph_document.ts";
import { mergeDocuments, planOfDocuments } from "./merge_document.ts";
import { PipelinesSchema, pipelinesDocument } from "./pipelines_document.ts";
import { samplePackage } from "./sample_package.ts";

const TEXT = `package app
#pragma concurrency:workers 2
#pragma concurrency:limits mutable=7 transform=5
#pragma concurrency:schedule worksteal
func f(e) any { return e }
pipeline Q { ingress.f(delay=5ms, workers=4).Transform(
  set("a",
    1)).f edge.LIFO(min=1, max=1, backpressure=dropNewest, type=T) -> C -> egress
  C merge.Sort(k, desc), merge.Watermark("meta.ts", 2s), merge.Buffer(3) }
pipeline P { ingress; egress
  error { egress } }
`;

function sample() {
  const { name, pipelines, units, findings } = samplePackage(TEXT);
  const [unit] = units;
  if (unit === undefined || findings.some(({ level }) => level === "error")) throw new Error(JSON.stringify(findings));
  const graphs = [...pipelines.values()];
  return { name, graphs, unit };
}

describe("edges.v1", () => {
  test("keys in the order of the page, sorted edges, without those of error pipelines", () => {
    const { name, graphs } = sample();
    const document = edgesDocument(name, graphs);
    expect(
      document.edges.map(({ pipeline, from, fromId, to, toId }) => `${pipeline} ${from} ${fromId} ${to} ${toId}`),
    ).toEqual([
      "P ingress 1 egress 1",
      "Q C 1 egress 1",
      "Q Transform 1 f 2",
      "Q f 1 Transform 1",
      "Q f 2 C 1",
      "Q ingress 1 f 1",
    ]);
    expect(JSON.stringify(document.edges[2])).toBe(
      '{"unit":"t","pipeline":"Q","from":"Transform","to":"f","fromId":1,"toId":2,"bounded":true,"delivery":"bestEffort","type":"T","tinyBuffer":true,"minCapacity":1,"maxCapacity":1,"backpressure":"dropNewest","queue":"LIFO","fromReachableFromIngress":true,"toCanReachEgress":true,"onIngressToEgressPath":true}',
    );
    expect(JSON.stringify(document.collect)).toBe(
      '[{"unit":"t","pipeline":"Q","step":"C","id":1,"merge":[{"name":"merge.Sort","args":["k","desc"]},{"name":"merge.Watermark","args":["meta.ts",2000]},{"name":"merge.Buffer","args":[3,"block"]}]}]',
    );
    expect(Object.keys(document)).toEqual(["schema", "package", "edges", "collect"]);
  });

  test("a package without a Collect has no list of them", () => {
    expect(JSON.stringify(edgesDocument("app", []))).toBe('{"schema":"edges.v1","package":"app","edges":[]}');
  });

  test("Collects are sorted as edges are", () => {
    const { pipelines } = samplePackage(
      "package app\npipeline P { ingress.Collect().B.Collect().A.egress; A(merge.Key(a)); B(merge.Key(b)) }\npipeline O { ingress; Collect; egress }",
    );
    const { collect = [] } = edgesDocument("app", [...pipelines.values()]);
    expect(collect.map(({ pipeline, step, id }) => `${pipeline} ${step} ${id}`)).toEqual([
      "O Collect 1",
      "P A 1",
      "P B 1",
      "P Collect 1",
      "P Collect 2",
    ]);
  });

  test("a tiny buffer is one of capacity 1 that drops", () => {
    const tiny = (attributes: string) => {
      const { pipelines } = samplePackage(`package app\npipeline P { ingress; FanOut() ${attributes}; egress }`);
      return edgesDocument("app", [...pipelines.values()]).edges.filter(({ to }) => to === "FanOut")[0]?.tinyBuffer;
    };
    expect(tiny("edge.FIFO(max=1, backpressure=dropOldest)")).toBe(true);
    expect(tiny("edge.FIFO(max=2, backpressure=dropOldest)")).toBeUndefined();
    expect(tiny("edge.FIFO(max=1, backpressure=shuntOldest)")).toBeUndefined();
    expect(tiny("edge.FIFO(max=1)")).toBeUndefined();
  });

  test("says which ends events can get to, also of a graph that was built", () => {
    const node = { id: 1, delayMs: 0, workers: 1 };
    const edge = { queue: "FIFO", maxCapacity: 1, policy: "block" } as const;
    const { edges } = edgesDocument("p", [
      {
        package: "p",
        unit: "u",
        folder: "/",
        name: "P",
        nodes: [
          { ...node, name: "ingress", label: "ingress", kind: "ingress" },
          { ...node, name: "egress", label: "egress", kind: "egress" },
          { ...node, name: "stuck", label: "stuck", kind: "transform" },
          { ...node, name: "dry", label: "dry", kind: "transform" },
        ],
        edges: [
          { from: 0, to: 1, ...edge },
          { from: 0, to: 2, ...edge },
          { from: 3, to: 1, ...edge },
        ],
        schedule: "fifo",
        granted: new Set(),
      },
    ]);
    const flags = edges.map(({ from, to, ...flag }) => [
      from,
      to,
      flag.fromReachableFromIngress,
      flag.toCanReachEgress,
      flag.onIngressToEgressPath,
    ]);
    expect(flags).toEqual([
      ["dry", "egress", false, true, false],
      ["ingress", "egress", true, true, true],
      ["ingress", "stuck", true, false, false],
    ]);
  });
});

describe("pipelines.v1", () => {
  test("the document, whole", () => {
    const { name, graphs, unit } = sample();
    const document = pipelinesDocument({ package: name, unit: unit.name, pragmas: unit.pragmas }, graphs);
    const { pipelines, ...head } = document;
    expect(JSON.stringify(head)).toBe(
      '{"schema":"pipelines.v1","package":"app","unit":"t","concurrency":{"workers":2,"limits":{"transform":5,"mutable":7},"schedule":"fifo"}}',
    );
    expect(pipelines.map((pipeline) => pipeline.name)).toEqual(["P", "Q"]);
    expect(JSON.stringify(pipelines[0])).toBe(
      '{"name":"P","steps":[{"name":"ingress","id":1,"kind":"ingress","edge":{"bounded":true,"delivery":"atLeastOnce","maxCapacity":1024,"backpressure":"block"}},{"name":"egress","id":1,"kind":"egress","edge":{"bounded":true,"delivery":"atLeastOnce","maxCapacity":1024,"backpressure":"block"}}],"edges":[{"from":"ingress","to":"egress","fromId":1,"toId":1}],"connectivity":{"hasEdges":true,"ingressToEgress":true},"error":{"name":"error","steps":[{"name":"egress","id":1,"kind":"egress","edge":{"bounded":true,"delivery":"atLeastOnce","maxCapacity":1024,"backpressure":"block"}}],"edges":[],"connectivity":{"hasEdges":false,"ingressToEgress":true}}}',
    );
    const [, f1, transform, f2, , collect] = pipelines[1]?.steps ?? [];
    expect(JSON.stringify(f1)).toBe(
      '{"name":"f","id":1,"kind":"transform","worker":"f","delayMs":5,"workers":4,"args":["delay=5ms","workers=4"],"edge":{"bounded":true,"delivery":"atLeastOnce","maxCapacity":1024,"backpressure":"block"}}',
    );
    expect(transform).toMatchObject({ worker: "set", workers: 2, args: ['set("a", 1)'] });
    expect(JSON.stringify(f2)).toBe(
      '{"name":"f","id":2,"kind":"transform","worker":"f","workers":2,"attrs":["edge.LIFO(min=1, max=1, backpressure=dropNewest, type=T)"],"edge":{"bounded":true,"delivery":"bestEffort","maxCapacity":1,"backpressure":"dropNewest","queue":"LIFO"}}',
    );
    expect(JSON.stringify(collect?.mergeNorm)).toBe(
      '{"sort":[{"field":"k","order":"desc"}],"watermark":{"field":"meta.ts","latenessMs":2000},"buffer":{"capacity":3,"policy":"block"}}',
    );
    expect(collect?.edge.maxCapacity).toBe(3);
  });

  test("lists what no path leads through, of a graph that was built", () => {
    const node = { id: 1, delayMs: 0, workers: 1 };
    const edge = { queue: "FIFO", maxCapacity: 1, policy: "block" } as const;
    const pragmas = { workers: undefined, limits: new Map(), schedule: undefined };
    const { pipelines } = pipelinesDocument({ package: "p", unit: "u", pragmas }, [
      {
        package: "p",
        unit: "u",
        folder: "/",
        name: "P",
        nodes: ["ingress", "egress", "loose", "dry", "stuck"].map((name) => ({
          ...node,
          name,
          label: name,
          kind: name === "ingress" || name === "egress" ? name : "transform",
        })),
        edges: [
          { from: 0, to: 4, ...edge },
          { from: 3, to: 1, ...edge },
        ],
        schedule: "fifo",
        granted: new Set(),
      },
    ]);
    expect(JSON.stringify(pipelines[0]?.connectivity)).toBe(
      '{"hasEdges":true,"ingressToEgress":false,"disconnected":[{"name":"loose","id":1}],"unreachableFromIngress":[{"name":"egress","id":1},{"name":"loose","id":1},{"name":"dry","id":1}],"cannotReachEgress":[{"name":"ingress","id":1},{"name":"loose","id":1},{"name":"stuck","id":1}]}',
    );
  });

  test("a file that says nothing of concurrency has no such key", () => {
    const pragmas = samplePackage("package app").units[0]?.pragmas;
    if (pragmas === undefined) throw new Error("a unit is expected");
    expect(JSON.stringify(pipelinesDocument({ package: "app", unit: "t", pragmas }, []))).toBe(
      '{"schema":"pipelines.v1","package":"app","unit":"t","pipelines":[]}',
    );
  });
});

describe("schemas", () => {
  test("accept what is written, and change nothing in it", () => {
    const { name, graphs, unit } = sample();
    const documents = [
      [EdgesSchema, edgesDocument(name, graphs)],
      [PipelinesSchema, pipelinesDocument({ package: name, unit: unit.name, pragmas: unit.pragmas }, graphs)],
      ...graphs.map((graph) => [GraphSchema, graphDocument(graph)] as const),
    ] as const;
    for (const [schema, document] of documents) {
      expect(JSON.stringify(v.parse(schema, document))).toBe(JSON.stringify(document));
    }
  });

  test("refuse another schema and a wrong type", () => {
    const document = edgesDocument("p", sample().graphs);
    expect(v.is(EdgesSchema, { ...document, schema: "edges.v2" })).toBe(false);
    expect(v.is(EdgesSchema, { ...document, edges: [{ ...document.edges[0], fromId: 0 }] })).toBe(false);
  });
});

describe("artifactText", () => {
  test("is indented by two, with a final newline, and the same twice", () => {
    expect(artifactText({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
    const text = () => artifactText(edgesDocument("app", sample().graphs));
    expect(text()).toBe(text());
  });
});

describe("merge attributes of artifacts", () => {
  const field = fc.string();
  const ms = fc.integer({ min: 1, max: 1e9 });
  const plan: fc.Arbitrary<MergePlan> = fc.record(
    {
      sort: fc.array(fc.record({ field, order: fc.constantFrom("asc", "desc") }), { minLength: 1, maxLength: 3 }),
      stable: fc.constant(true),
      key: field,
      partitionBy: field,
      window: ms,
      timeoutMs: ms,
      watermark: fc.record({ field, latenessMs: fc.nat() }),
      latePolicy: fc.constantFrom("drop", "accept", "shunt"),
      idleMs: ms,
      dedup: fc.record({ field }, { requiredKeys: [] }),
      buffer: fc.record({ capacity: ms, policy: fc.constantFrom(...EDGE_POLICIES) }),
    },
    { requiredKeys: [] },
  );

  test("give the plan that they were made of (property)", () => {
    fc.assert(
      fc.property(plan, (given) => {
        const copied = JSON.parse(JSON.stringify(mergeDocuments(given)));
        expect(planOfDocuments(copied)).toEqual(given);
      }),
      { numRuns: 300 },
    );
  });

  test("the unknown is left out, a missing argument is its default", () => {
    expect(
      planOfDocuments([
        { name: "merge.Future", args: [1] },
        { name: "Sort", args: ["k"] },
        { name: "merge.Buffer", args: [2] },
      ]),
    ).toEqual({
      sort: [{ field: "k", order: "asc" }],
      buffer: { capacity: 2, policy: "block" },
    });
  });
});
