import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { oneTarget, runPlumb, tempFiles } from "../../internal/testkit/mod.ts";
import { readModule, runPipelineWithStats, testWorld } from "../../internal/testutil/mod.ts";

const SENSORS = readFileSync(resolve(import.meta.dir, "../../testdata/examples/pipelines/sensors.ami"), "utf8");

// The four renderings of `Uplink` as spec/cli.md shows them.
const UPLINK = {
  text: `pipeline sensors.Uplink
  ingress -> send  FIFO 2 dropOldest
  send -> egress  FIFO 1024 block
`,
  dot: `digraph "sensors.Uplink" {
  rankdir=LR;
  "ingress" [shape=oval];
  "send" [shape=box,label="send\\nTransform"];
  "egress" [shape=oval];
  "ingress" -> "send" [label="FIFO 2 dropOldest"];
  "send" -> "egress" [label="FIFO 1024 block"];
}
`,
  mermaid: `flowchart LR
  n0([ingress])
  n1["send<br/>Transform"]
  n2([egress])
  n0 -->|FIFO 2 dropOldest| n1
  n1 -->|FIFO 1024 block| n2
`,
  json: `{"schema":"graph.v1","package":"sensors","unit":"sensors","name":"Uplink","nodes":[{"id":"00:ingress","kind":"ingress","label":"ingress"},{"id":"01:send","kind":"transform","label":"send"},{"id":"02:egress","kind":"egress","label":"egress"}],"edges":[{"from":"00:ingress","to":"01:send","attrs":{"backpressure":"dropOldest","bounded":true,"delivery":"bestEffort","maxCapacity":2}},{"from":"01:send","to":"02:egress","attrs":{"backpressure":"block","bounded":true,"delivery":"atLeastOnce","maxCapacity":1024}}]}
{"count":1,"schema":"graph.batch.v1","type":"summary"}
`,
} as const;

for (const target of oneTarget()) {
  const cwd = tempFiles({ "sensors.ami": SENSORS });
  const graph = (...args: string[]) => runPlumb(target, ["pipeline", "graph", ...args], { cwd });

  describe(`plumb pipeline graph, ${target.name}`, () => {
    test("acceptance 27: every format is as in cli.md, byte for byte", () => {
      for (const [format, stdout] of Object.entries(UPLINK)) {
        const found = graph("sensors.ami", "--pipeline", "Uplink", "--format", format);
        expect({ format, ...found }).toEqual({ format, stdout, stderr: "", exit: 0 });
      }
    });

    test("every pipeline of the file comes in source order, a blank line between two; an error pipeline after the rest", () => {
      const { stdout } = graph("sensors.ami");
      expect(stdout.split("\n\n").map((part) => part.split("\n")[0])).toEqual([
        "pipeline sensors.Readings",
        "pipeline sensors.Uplink",
        "pipeline sensors.Averages",
        "pipeline sensors.Heartbeat",
      ]);
      expect(stdout).toContain(
        "  error -> error/Transform  unbounded\n  error/Transform -> error/egress  FIFO 1024 block\n",
      );
    });

    test("acceptance 28: --emit-debug writes the artifacts, and the same ones again", () => {
      const read = (folder: string) =>
        ["asm/sensors/edges.json", "ir/sensors/sensors.pipelines.json"].map((file) =>
          readFileSync(join(cwd, folder, file), "utf8"),
        );
      expect(graph("sensors.ami", "--emit-debug").exit).toBe(0);
      const first = read("build/debug");
      expect(graph("sensors.ami", "--emit-debug").exit).toBe(0);
      expect(read("build/debug")).toEqual(first);
      expect(graph("sensors.ami", "--emit-debug=other/place").stdout).toBe(graph("sensors.ami").stdout);
      expect(read("other/place")).toEqual(first);
      expect(readdirSync(join(cwd, "build/debug/asm/sensors"))).toEqual(["edges.json"]);
      expect(JSON.parse(first[0] ?? "").edges.at(-1)).toEqual({
        unit: "sensors",
        pipeline: "Uplink",
        from: "send",
        to: "egress",
        fromId: 1,
        toId: 1,
        bounded: true,
        delivery: "atLeastOnce",
        maxCapacity: 1024,
        backpressure: "block",
        fromReachableFromIngress: true,
        toCanReachEgress: true,
        onIngressToEgressPath: true,
      });
    });

    test("acceptance 31: a module that is read from the artifacts runs", () => {
      graph("sensors.ami", "--emit-debug");
      const { outputs } = runPipelineWithStats(testWorld(), readModule(cwd, "sensors"), "Uplink", [1, 2]);
      expect(outputs.map(({ payload }) => payload)).toEqual([1, 2]);
    });

    test("a pipeline that is not there is E_PIPELINE_UNKNOWN, a missing file a usage error", () => {
      const { stdout, stderr, exit } = graph("sensors.ami", "--pipeline", "Uplnk");
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toContain("error[E_PIPELINE_UNKNOWN]");
      expect(stderr).toContain("help: Uplink");
      expect(graph("nope.ami")).toMatchObject({
        stdout: "",
        exit: 2,
        stderr: expect.stringContaining("nope.ami does not exist"),
      });
    });

    test("a file that does not check is not drawn", () => {
      const folder = tempFiles({
        "a.ami": "package a\npipeline P { ingress -> egress }\npipeline Q { nope -> egress }\n",
      });
      const { stdout, stderr, exit } = runPlumb(target, ["pipeline", "graph", "a.ami"], { cwd: folder });
      expect([stdout, exit]).toEqual(["", 2]);
      expect(stderr).toMatch(/^a\.ami:3:14: error E_EDGE_UNDECLARED_FROM .*nope/);
    });
  });
}

for (const target of oneTarget()) {
  const SOURCE = `package t
func work(ev Event<any>) any { return ev }
pipeline Lines {
  ingress
  work
  egress
}
pipeline Dots { ingress.Transform(work).egress }
pipeline Twice { ingress -> Transform(work) -> Transform(work) -> egress }
`;
  const cwd = tempFiles({ "t.ami": SOURCE });
  const graphOf = (name: string) => {
    const { stdout } = runPlumb(target, ["pipeline", "graph", "t.ami", "--pipeline", name, "--format", "json"], {
      cwd,
    });
    const { nodes, edges } = JSON.parse(stdout.split("\n")[0] ?? "");
    return {
      nodes: nodes.map(({ label }: { label: string }) => label),
      edges: edges.map(({ from, to }: { from: string; to: string }) => `${from.slice(3)}->${to.slice(3)}`),
    };
  };

  describe(`graphs of pipelines acceptance, ${target.name}`, () => {
    test("6: without connectors, steps are wired in their order", () => {
      expect(graphOf("Lines")).toEqual({
        nodes: ["ingress", "work", "egress"],
        edges: ["ingress->work", "work->egress"],
      });
    });

    test("8: dots connect", () => {
      expect(graphOf("Dots").edges).toEqual(["ingress->Transform", "Transform->egress"]);
    });

    test("9: two steps of one kind have the ids 1 and 2", () => {
      runPlumb(target, ["pipeline", "graph", "t.ami", "--emit-debug"], { cwd });
      const { edges } = JSON.parse(readFileSync(join(cwd, "build/debug/asm/t/edges.json"), "utf8"));
      const twice = edges.filter(({ pipeline }: { pipeline: string }) => pipeline === "Twice");
      expect(twice).toMatchObject([
        { from: "Transform", fromId: 1, to: "Transform", toId: 2 },
        { from: "Transform", fromId: 2, to: "egress", toId: 1 },
        { from: "ingress", fromId: 1, to: "Transform", toId: 1 },
      ]);
      expect(graphOf("Twice").nodes).toEqual(["ingress", "Transform", "Transform#2", "egress"]);
    });
  });
}
