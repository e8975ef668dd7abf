import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { PipelineGraph } from "./graph.ts";
import { renderJson } from "./graph_document.ts";
import { renderDot } from "./render_dot.ts";
import { renderMermaid } from "./render_mermaid.ts";
import { renderText } from "./render_text.ts";
import { sampleLoader, samplePackage } from "./sample_package.ts";

const SENSORS = readFileSync(new URL("../../../testdata/examples/pipelines/sensors.ami", import.meta.url), "utf8");
const { pipelines } = sampleLoader({ "/p/sensors.ami": SENSORS }).load("/p/sensors.ami");

function named(name: string): PipelineGraph {
  const graph = pipelines.get(name);
  if (graph === undefined) throw new Error(`no pipeline ${name}`);
  return graph;
}

function graphOf(body: string): PipelineGraph[] {
  const { pipelines: found, findings } = samplePackage(`package app\n#pragma capabilities list=io\n${body}`);
  if (found.size === 0) throw new Error(JSON.stringify(findings));
  return [...found.values()];
}

const KINDS =
  'pipeline P { io.Read("a") -> FanOut -> Collect -> Mutable -> Transform() -> Transform() -> io.Write("b"); Timer(1) -> s -> egress; s = FanOut(dropNewest) }';

describe("Uplink of the example is what cli.md shows, byte for byte", () => {
  test("text", () => {
    expect(renderText([named("Uplink")])).toBe(`pipeline sensors.Uplink
  ingress -> send  FIFO 2 dropOldest
  send -> egress  FIFO 1024 block
`);
  });

  test("dot", () => {
    expect(renderDot([named("Uplink")])).toBe(`digraph "sensors.Uplink" {
  rankdir=LR;
  "ingress" [shape=oval];
  "send" [shape=box,label="send\\nTransform"];
  "egress" [shape=oval];
  "ingress" -> "send" [label="FIFO 2 dropOldest"];
  "send" -> "egress" [label="FIFO 1024 block"];
}
`);
  });

  test("mermaid", () => {
    expect(renderMermaid([named("Uplink")])).toBe(`flowchart LR
  n0([ingress])
  n1["send<br/>Transform"]
  n2([egress])
  n0 -->|FIFO 2 dropOldest| n1
  n1 -->|FIFO 1024 block| n2
`);
  });

  test("json", () => {
    expect(renderJson([named("Uplink")])).toBe(
      `{"schema":"graph.v1","package":"sensors","unit":"sensors","name":"Uplink","nodes":[{"id":"00:ingress","kind":"ingress","label":"ingress"},{"id":"01:send","kind":"transform","label":"send"},{"id":"02:egress","kind":"egress","label":"egress"}],"edges":[{"from":"00:ingress","to":"01:send","attrs":{"backpressure":"dropOldest","bounded":true,"delivery":"bestEffort","maxCapacity":2}},{"from":"01:send","to":"02:egress","attrs":{"backpressure":"block","bounded":true,"delivery":"atLeastOnce","maxCapacity":1024}}]}
{"count":1,"schema":"graph.batch.v1","type":"summary"}
`,
    );
  });
});

describe("error pipelines stand behind, with their source", () => {
  test("text, and a blank line between two pipelines", () => {
    expect(renderText([named("Readings"), named("Heartbeat")])).toBe(`pipeline sensors.Readings
  linkA -> order  FIFO 1024 block
  linkB -> order  FIFO 1024 block
  order -> check  FIFO 1024 block
  check -> classify  FIFO 1024 block
  classify -> egress  FIFO 1024 block
  error -> error/Transform  unbounded
  error/Transform -> error/egress  FIFO 1024 block

pipeline sensors.Heartbeat
  Timer -> Transform  FIFO 1024 block
  Transform -> egress  FIFO 1024 block
`);
  });

  test("mermaid", () => {
    expect(
      renderMermaid(
        graphOf(
          "pipeline P { ingress; egress; error { f -> egress; Collect() -> egress } }\nfunc f(e) any { return e }",
        ),
      ),
    ).toBe(
      `flowchart LR
  n0([ingress])
  n1([egress])
  n2([error])
  n3["error/f<br/>Transform"]
  n4[/error/Collect/]
  n5([error/egress])
  n0 -->|FIFO 1024 block| n1
  n2 -->|unbounded| n3
  n2 -->|unbounded| n4
  n3 -->|FIFO 1024 block| n5
  n4 -->|FIFO 1024 block| n5
`,
    );
  });

  test("dot", () => {
    expect(renderDot(graphOf("pipeline P { ingress; egress; error { egress } }"))).toBe(`digraph "app.P" {
  rankdir=LR;
  "ingress" [shape=oval];
  "egress" [shape=oval];
  "error" [shape=oval];
  "error/egress" [shape=oval];
  "ingress" -> "egress" [label="FIFO 1024 block"];
  "error" -> "error/egress" [label="unbounded"];
}
`);
  });

  test("json", () => {
    const [line = ""] = renderJson(graphOf("pipeline P { ingress; egress; error { egress } }")).split("\n");
    const { nodes, edges } = JSON.parse(line);
    expect(nodes.slice(2)).toEqual([
      { id: "02:error", kind: "error", label: "error" },
      { id: "03:error/egress", kind: "egress", label: "error/egress" },
    ]);
    expect(edges[1]).toEqual({ from: "02:error", to: "03:error/egress", attrs: { bounded: false } });
  });
});

describe("every kind", () => {
  test("in dot: ovals for sources, sinks and io, the kind under another name", () => {
    const lines = renderDot(graphOf(KINDS))
      .split("\n")
      .filter((line) => line.includes("shape="));
    expect(lines).toEqual([
      '  "io.Read" [shape=oval];',
      '  "FanOut" [shape=diamond];',
      '  "Collect" [shape=trapezium];',
      '  "Mutable" [shape=box];',
      '  "Transform" [shape=box];',
      '  "Transform#2" [shape=box];',
      '  "io.Write" [shape=oval];',
      '  "Timer" [shape=oval];',
      '  "s" [shape=diamond,label="s\\nFanOut"];',
      '  "egress" [shape=oval];',
    ]);
  });

  test("in mermaid", () => {
    const lines = renderMermaid(graphOf(KINDS)).split("\n");
    expect(lines.slice(1, 11)).toEqual([
      "  n0([io.Read])",
      "  n1{FanOut}",
      "  n2[/Collect/]",
      "  n3[Mutable]",
      "  n4[Transform]",
      "  n5[Transform#2]",
      "  n6([io.Write])",
      "  n7([Timer])",
      '  n8{"s<br/>FanOut"}',
      "  n9([egress])",
    ]);
  });

  test("attributes of edges stand where they are set, keys sorted", () => {
    const [line = ""] = renderJson(
      graphOf("pipeline P { ingress -> FanOut(edge.LIFO(min=1, max=2, backpressure=shuntNewest)) -> egress }"),
    ).split("\n");
    expect(JSON.stringify(JSON.parse(line).edges[0].attrs)).toBe(
      '{"backpressure":"shuntNewest","bounded":true,"delivery":"shuntNewest","maxCapacity":2,"minCapacity":1,"queue":"LIFO"}',
    );
  });

  test("nodes stand in topological order, ids are numbered in it, edges stay in source order", () => {
    const [line = ""] = renderJson(
      graphOf("pipeline P { egress; ingress -> b -> egress; ingress -> a -> egress; a = FanOut(); b = FanOut() }"),
    ).split("\n");
    const { nodes, edges } = JSON.parse(line);
    expect(nodes.map(({ id }: { id: string }) => id)).toEqual(["00:ingress", "01:a", "02:b", "03:egress"]);
    expect(edges.map(({ from, to }: { from: string; to: string }) => `${from} ${to}`)).toEqual([
      "00:ingress 02:b",
      "02:b 03:egress",
      "00:ingress 01:a",
      "01:a 03:egress",
    ]);
  });
});

describe("names that a graph was built with", () => {
  const node = { id: 1, kind: "transform", delayMs: 0, workers: 1 } as const;
  const odd: PipelineGraph = {
    package: 'p"',
    unit: "u",
    folder: "/",
    name: "a\nb",
    nodes: [
      { ...node, name: "ingress", label: "ingress", kind: "ingress" },
      { ...node, name: 'x"]; y\\', label: 'x"]; y\\' },
      { ...node, name: "<b>&", label: "<b>&", kind: "egress" },
    ],
    edges: [{ from: 0, to: 1, queue: "FIFO", maxCapacity: 1, policy: "block" }],
    schedule: "fifo",
    granted: new Set(),
  };

  test("end no string and no line in dot", () => {
    expect(renderDot([odd])).toBe(`digraph "p\\".a␊b" {
  rankdir=LR;
  "ingress" [shape=oval];
  "x\\"]; y\\\\" [shape=box,label="x\\"]; y\\\\\\nTransform"];
  "<b>&" [shape=oval,label="<b>&\\negress"];
  "ingress" -> "x\\"]; y\\\\" [label="FIFO 1 block"];
}
`);
  });

  test("nor in mermaid and text", () => {
    expect(renderMermaid([odd])).toBe(`flowchart LR
  n0([ingress])
  n1["x#34;]#59; y\\<br/>Transform"]
  n2(["#60;b#62;#38;<br/>egress"])
  n0 -->|FIFO 1 block| n1
`);
    expect(renderText([odd])).toBe('pipeline p".a␊b\n  ingress -> x"]; y\\  FIFO 1 block\n');
  });
});
