import { describe, expect, test } from "bun:test";
import { sampleFindings, samplePackage } from "./sample_package.ts";

// The tables of pipelines §3, and §10 to §12. Sources are one pipeline in line 3.

function source(body: string, pragma = "capabilities list=io"): string {
  return `package app\n#pragma ${pragma}\npipeline P { ${body} }\nfunc f(e) any { return e }`;
}

/** Findings within line 3. */
function findings(body: string, pragma?: string): readonly string[] {
  return sampleFindings(source(body, pragma)).map((found) => found.replace(" 3:", " "));
}

function graphOf(body: string, pragma?: string) {
  const { pipelines, findings: all } = samplePackage(source(body, pragma));
  const graph = pipelines.get("P");
  if (graph === undefined) throw new Error(`P does not run: ${JSON.stringify(all)}`);
  return graph;
}

/** The step that is named `s`, or the only one that is neither ingress nor egress. */
function stepOf(body: string, pragma?: string) {
  const [step, ...others] = graphOf(body, pragma).nodes.filter(({ kind }) => kind !== "ingress" && kind !== "egress");
  if (step === undefined || others.length > 0) throw new Error("one step is expected");
  return step;
}

/** The edge into the only step. */
function inEdge(attributes: string, pragma?: string) {
  const [edge] = graphOf(`ingress -> s -> egress; s = Transform(f) ${attributes}`, pragma).edges;
  return edge;
}

describe("arguments and attributes are interchangeable", () => {
  const forms = [
    "ingress -> s -> egress; s = Transform(f, delay=5ms, workers=3, dropNewest, type(T))",
    "ingress -> s -> egress; s = Transform(worker=f) delay=5 workers=3 dropNewest type(T)",
    "ingress -> s -> egress; s = Transform(in=edge.FIFO(backpressure=dropNewest)) worker=f, delay=5ms, type(T), workers=3",
    'ingress -> s -> egress; s = f(delay=5ms, edge.FIFO(backpressure="dropNewest"), workers=3) type(T)',
    "ingress -> s -> egress; s = Transform(f, in=dropNewest, delay=5ms, workers=3) type( T )",
  ];
  for (const body of forms) {
    test(body, () => {
      const { delayMs, workers, worker, edge } = stepOf(body);
      expect({ delayMs, workers, worker: worker?.name, edge }).toEqual({
        delayMs: 5,
        workers: 3,
        worker: "f",
        edge: { queue: "FIFO", maxCapacity: 1024, policy: "dropNewest" },
      });
    });
  }
});

describe("kinds and their arguments", () => {
  const good: [body: string, part: object][] = [
    ["ingress -> Timer(5ms) -> egress", { timer: { intervalMs: 5, count: 0 } }],
    ["ingress -> Timer(interval=1s, count=2) -> egress", { timer: { intervalMs: 1000, count: 2 } }],
    ["ingress -> Timer(7, 1) -> egress", { timer: { intervalMs: 7, count: 1 } }],
    ['io.Read("a.jsonl") -> egress', { kind: "io.read", path: "a.jsonl" }],
    ['ingress -> IO.write(path="a.jsonl", delay=1ms) -> egress', { kind: "io.write", path: "a.jsonl", delayMs: 1 }],
    ["ingress -> FanOut(delay=1ms) -> egress", { kind: "fanout", delayMs: 1 }],
    ["ingress -> Collect(delay=1ms) -> egress", { kind: "collect", delayMs: 1, plan: {} }],
    ["ingress -> Mutable(f, workers=1024) -> egress", { kind: "mutable", workers: 1024 }],
    [
      "ingress -> Transform(func (e) any { return e }) -> egress",
      { worker: { name: "func", run: expect.any(Function) } },
    ],
    ['ingress -> Transform("add_field:x") -> egress', { worker: { name: "add_field:x", run: expect.any(Function) } }],
  ];
  for (const [body, part] of good) {
    test(body, () => expect(stepOf(body)).toMatchObject(part));
  }

  test("egress has a delay, and ingress may have a name", () => {
    const { nodes } = graphOf("a = ingress() -> egress(delay=2ms)");
    expect(nodes.map(({ name, delayMs }) => [name, delayMs])).toEqual([
      ["a", 0],
      ["egress", 2],
    ]);
  });

  const bad: [body: string, ...found: string[]][] = [
    ["ingress(5) -> egress", "E_STEP_ARG 22"],
    ["a = ingress(delay=3ms) -> egress", "E_STEP_ARG 32"],
    ["a = ingress() delay=3ms -> egress", "E_STEP_ARG 34"],
    ["Timer(1s, delay=1) -> egress", "E_STEP_ARG 30"],
    ["ingress -> FanOut(f) -> egress", "E_STEP_ARG 32"],
    ["ingress -> FanOut(workers=2) -> egress", "E_STEP_ARG 40"],
    ["ingress -> Collect(f) -> egress", "E_STEP_ARG 33"],
    ["ingress -> Transform(f, f) -> egress", "E_STEP_ARG 38"],
    ["ingress -> Transform(f, worker=f) -> egress", "E_STEP_ARG 45"],
    ["ingress -> f(f) -> egress", "E_STEP_ARG 27"],
    ["ingress -> f(worker=f) -> egress", "E_STEP_ARG 34"],
    ["ingress -> Transform(7) -> egress", "E_STEP_ARG 35"],
    ["ingress -> Transform(f(1)) -> egress", "E_STEP_ARG 35 help f"],
    ["ingress -> Transform(merge.Sort) -> egress", "E_MERGE_ON_NON_COLLECT 35"],
    ["ingress -> Transform(worker=merge.Sort) -> egress", "E_STEP_ARG 42"],
    ["ingress -> Transform(f, dealy=1) -> egress", "E_STEP_ARG 44 help delay"],
    ["ingress -> Transform(f, delay=1, delay=2) -> egress", "E_STEP_ARG 53"],
    ["ingress -> Transform(f, delay=1) delay=2 -> egress", "E_STEP_ARG 53"],
    ["ingress -> Transform(f, delay=-1) -> egress", "E_STEP_ARG 44"],
    ["ingress -> Transform(f, delay=1.5) -> egress", "E_STEP_ARG 44"],
    ['ingress -> Transform(f, delay="1") -> egress', "E_STEP_ARG 44"],
    ["ingress -> Transform(f, delay=1500us) -> egress", "E_DURATION 44"],
    ["ingress -> Transform(f, workers=0) -> egress", "E_STEP_ARG 46"],
    ["ingress -> Transform(f, workers=1025) -> egress", "E_STEP_ARG 46"],
    ['ingress -> s -> egress; s = Transform(f, name="s")', "E_STEP_ARG 60"],
    ["ingress -> Transform(f, name=3) -> egress", "E_STEP_ARG 43"],
    ["ingress -> Transform(f, type(A), type(B)) -> egress", "E_STEP_ARG 47"],
    ["ingress -> Transform(f) type() -> egress", "E_STEP_ARG 38"],
    ["ingress -> Transform(f, in=5) -> egress", "E_EDGE_BACKPRESSURE 41"],
    ["Timer -> egress", "E_TIMER_ARGS 14"],
    ["Timer() -> egress", "E_TIMER_ARGS 14"],
    ["Timer(0ms) -> egress", "E_TIMER_ARGS 20"],
    ["Timer(count=1) -> egress", "E_TIMER_ARGS 14"],
    ["Timer(1s, -1) -> egress", "E_TIMER_ARGS 24"],
    ["Timer(1s, 1.5) -> egress", "E_TIMER_ARGS 24"],
    ["Timer(1s, 1, 1) -> egress", "E_STEP_ARG 27"],
    ["Timer(intervall=1s) -> egress", "E_STEP_ARG 30 help interval"],
    ["io.Read -> egress", "E_IO_ARGS 14"],
    ["io.Read() -> egress", "E_IO_ARGS 14"],
    ['io.Read("") -> egress', "E_IO_ARGS 22"],
    ["io.Read(x) -> egress", "E_IO_ARGS 22"],
    ['io.Read("a", "b") -> egress', "E_IO_ARGS 27"],
    ['ingress -> io.Write("a") -> f -> egress', "E_IO_PERMISSION 25"],
    ['ingress -> io.Write("a") -> io.Write("b") -> egress', "E_IO_PERMISSION 25"],
    ['ingress -> io.Read("a") -> egress', "E_EDGE_TO_INGRESS 25"],
  ];
  for (const [body, ...found] of bad) test(`${body} gives ${found}`, () => expect(findings(body)).toEqual(found));
});

describe("attributes", () => {
  const rows: [body: string, ...found: string[]][] = [
    ["ingress -> f() fast -> egress", "E_ATTR_UNKNOWN 29"],
    ["ingress -> f() delay -> egress", "E_ATTR_UNKNOWN 29 help delay="],
    ["ingress -> f() delay(5ms) -> egress", "E_ATTR_UNKNOWN 29 help delay="],
    ["ingress -> f() dealy=5ms -> egress", "E_ATTR_UNKNOWN 29 help delay="],
    ["ingress -> f() FIFO(max=1) -> egress", "E_ATTR_UNKNOWN 29 help edge.FIFO"],
    ["ingress -> f() edge.Fifo(max=1) -> egress", "E_ATTR_UNKNOWN 29 help edge.FIFO"],
    ["ingress -> Collect Window(2) -> egress", "E_ATTR_UNKNOWN 33 help merge.Window"],
    ["ingress -> f() dropoldest -> egress", "E_ATTR_UNKNOWN 29 help dropOldest"],
    ["ingress -> f() schedule(1s) -> egress", "W_ATTR_NO_EFFECT 29"],
    ["ingress -> f(schedule(1s)) -> egress", "W_ATTR_NO_EFFECT 27"],
    ["ingress -> f() io.Stdout -> egress", "W_ATTR_NO_EFFECT 29"],
    ["ingress -> f(io.Read) -> egress", "W_ATTR_NO_EFFECT 27"],
    ["ingress -> f() edge.MultiPath() -> egress", "E_ATTR_UNSUPPORTED 29"],
    ["ingress -> f(in=edge.Pipeline(name=x)) -> egress", "E_ATTR_UNSUPPORTED 30"],
    ["ingress -> f(type(A)) -> Transform() type(B) -> egress", "E_EVENT_TYPE_FLOW 39"],
    ["ingress -> f(type(A)) -> Transform() type( A ) -> egress"],
    ["ingress -> f(type(A)) -> Transform() -> egress"],
  ];
  for (const [body, ...found] of rows) test(`${body} gives ${found}`, () => expect(findings(body)).toEqual(found));

  test("a function may have the name of a policy or of an attribute", () => {
    const text = "package app\nfunc drop(e) any { return e }\npipeline P { ingress -> Transform(drop) -> egress }";
    expect(samplePackage(text).pipelines.get("P")?.nodes[1]?.worker?.name).toBe("drop");
  });
});

describe("edges", () => {
  const good: [attributes: string, edge: object][] = [
    ["", { queue: "FIFO", maxCapacity: 1024, policy: "block" }],
    ["edge.FIFO", { queue: "FIFO", maxCapacity: 1024, policy: "block" }],
    ["edge.LIFO(max=1)", { queue: "LIFO", maxCapacity: 1, policy: "block" }],
    ["edge.FIFO(minCapacity=0, maxCapacity=7, type=T)", { minCapacity: 0, maxCapacity: 7, type: "T" }],
    ["edge.FIFO(min=5)", { minCapacity: 5, maxCapacity: 1024 }],
    ["edge.FIFO(min=5000)", { minCapacity: 5000, maxCapacity: 5000 }],
    ["edge.FIFO(min=5, max=5)", { minCapacity: 5, maxCapacity: 5 }],
    ["shuntOldest", { maxCapacity: 1024, policy: "shuntOldest" }],
    ["edge.LIFO(max=3) shuntNewest", { queue: "LIFO", maxCapacity: 3, policy: "shuntNewest" }],
    ["shuntNewest edge.LIFO(max=3)", { queue: "LIFO", maxCapacity: 3, policy: "shuntNewest" }],
  ];
  for (const [attributes, edge] of good) {
    test(attributes || "no attribute", () => expect(inEdge(attributes)).toMatchObject(edge));
  }

  test("the file's policy holds for edges that name none", () => {
    expect(inEdge("", "backpressure policy=dropOldest")?.policy).toBe("dropOldest");
    expect(inEdge("edge.FIFO(max=2)", "backpressure policy=dropOldest")?.policy).toBe("dropOldest");
    expect(inEdge("block", "backpressure policy=dropOldest")?.policy).toBe("block");
  });

  test("attributes hold for each in-edge of the step, and for no out-edge", () => {
    const { edges } = graphOf("a = ingress() -> s -> egress; b = ingress() -> s; s = f(edge.FIFO(max=2))");
    expect(edges.map(({ maxCapacity }) => maxCapacity)).toEqual([2, 1024, 2]);
  });

  test("merge.Buffer is the queue of a Collect, unless it has an edge attribute", () => {
    const edgeOf = (attributes: string) => graphOf(`ingress -> Collect ${attributes} -> egress`).edges[0];
    expect(edgeOf("merge.Buffer(7)")).toMatchObject({ queue: "FIFO", maxCapacity: 7, policy: "block" });
    expect(edgeOf("merge.Buffer(7, dropOldest), edge.LIFO")).toMatchObject({
      queue: "LIFO",
      maxCapacity: 1024,
      policy: "block",
    });
    expect(edgeOf("merge.Buffer(7, dropOldest), dropNewest")).toMatchObject({
      maxCapacity: 1024,
      policy: "dropNewest",
    });
  });

  const bad: [attributes: string, ...found: string[]][] = [
    ["edge.FIFO(max=0)", "E_EDGE_CAPACITY_INVALID 43"],
    ["edge.FIFO(max=1.5)", "E_EDGE_CAPACITY_INVALID 43"],
    ["edge.FIFO(min=-1)", "E_EDGE_CAPACITY_INVALID 43"],
    ["edge.FIFO(min=3, max=2)", "E_EDGE_CAPACITY_ORDER 29"],
    ["edge.FIFO(3)", "E_EDGE_PARAM_UNKNOWN 39"],
    ["edge.FIFO(mx=3)", "E_EDGE_PARAM_UNKNOWN 42 help max"],
    ["edge.FIFO(max=3, maxCapacity=3)", "E_EDGE_PARAM_UNKNOWN 58"],
    ["edge.FIFO=3", "E_ATTR_UNKNOWN 29"],
    ["edge.FIFO(backpressure=dropoldest)", "E_EDGE_BACKPRESSURE 52 help dropOldest"],
    ["edge.FIFO(backpressure=3)", "E_EDGE_BACKPRESSURE 52"],
    ["edge.FIFO(backpressure=drop)", "W_EDGE_BP_LEGACY_DROP 52 help dropNewest"],
    ["drop", "W_EDGE_BP_LEGACY_DROP 29 help dropNewest"],
    ["edge.FIFO edge.LIFO", "E_STEP_ARG 39"],
    ["dropOldest dropNewest", "E_STEP_ARG 40"],
    ["edge.FIFO(backpressure=block) dropNewest", "E_STEP_ARG 59"],
  ];
  for (const [attributes, ...found] of bad) {
    test(`${attributes} gives ${found}`, () =>
      expect(findings(`ingress -> f() ${attributes} -> egress`)).toEqual(found));
  }

  test("drop is dropNewest", () => {
    expect(inEdge("edge.FIFO(backpressure=drop)")?.policy).toBe("dropNewest");
  });
});

describe("servers", () => {
  const workersOf = (args: string, ...pragmas: string[]) =>
    stepOf(`ingress -> ${args} -> egress`, pragmas.join("\n#pragma ")).workers;

  test("the file's number is for every Transform and Mutable that says none", () => {
    expect(workersOf("f", "concurrency:workers 3")).toBe(3);
    expect(workersOf("Mutable", "concurrency:workers 3")).toBe(3);
    expect(workersOf("f(workers=5)", "concurrency:workers 3")).toBe(5);
    expect(workersOf("FanOut", "concurrency:workers 3")).toBe(1);
  });

  test("a limit bounds both numbers, by kind", () => {
    expect(workersOf("f", "concurrency:workers 3", "concurrency:limits transform=2 mutable=1")).toBe(2);
    expect(workersOf("f(workers=5)", "concurrency:limits transform=2 mutable=1")).toBe(2);
    expect(workersOf("Mutable(workers=5)", "concurrency:limits transform=2 mutable=1")).toBe(1);
    expect(workersOf("f", "concurrency:limits transform=2")).toBe(1);
  });

  test("the schedule is the file's", () => {
    expect(graphOf("ingress -> egress").schedule).toBe("fifo");
    expect(graphOf("ingress -> egress", "concurrency:schedule lifo").schedule).toBe("lifo");
  });
});

describe("trust and capabilities", () => {
  test("an io step needs the capability io, whatever else is granted", () => {
    expect(findings('io.Read("x") -> io.Write("y")', "capabilities list=fs")).toEqual([
      "E_CAPABILITY_REQUIRED 14 help #pragma capabilities list=io",
      "E_CAPABILITY_REQUIRED 30 help #pragma capabilities list=io",
    ]);
    expect(graphOf('io.Read("x") -> egress').granted).toEqual(new Set(["io"]));
  });

  test("a Timer needs its capability at the start of a run only", () => {
    expect(findings("Timer(1s, 1) -> egress", "telemetry enabled=true")).toEqual([]);
  });

  test("an untrusted file holds no io step, Timer or worker module", () => {
    const pragmas = 'trust level=untrusted\n#pragma capabilities list=io\n#pragma workers "./w.ts"';
    const body = 'io.Read("x") -> egress; Timer(1s) -> io.Write("y") -> egress; error { Transform() -> egress }';
    expect(sampleFindings(source(body, pragmas))).toEqual([
      "E_TRUST_VIOLATION 4:17",
      "E_TRUST_VIOLATION 5:14",
      "E_TRUST_VIOLATION 5:38",
      "E_TRUST_VIOLATION 5:51",
    ]);
  });
});

describe("error pipelines", () => {
  const rows: [what: string, body: string, ...found: string[]][] = [
    ["a body of the same grammar", "ingress -> egress; error { f.Transform -> egress }"],
    ["egress alone", "ingress -> egress; error { egress }"],
    ["several first steps", "ingress -> egress; error { f -> egress; Transform -> egress }"],
    ["nothing", "ingress -> egress; error { }", "E_ERRPIPE_END_EGRESS 33"],
    ["no egress", "ingress -> egress; error { f }", "E_ERRPIPE_END_EGRESS 33"],
    ["an io.Write is no end here", 'ingress -> egress; error { io.Write("x") }', "E_ERRPIPE_END_EGRESS 33"],
    ["a source", "ingress -> egress; error { ingress -> egress }", "E_ERRPIPE_START_INVALID 41"],
    [
      "a source and no egress",
      "ingress -> egress; error { Timer(1) -> f }",
      "E_ERRPIPE_END_EGRESS 33",
      "E_ERRPIPE_START_INVALID 41",
    ],
    ["a loose end", "ingress -> egress; error { f -> egress; Transform() }", "E_PIPELINE_CANNOT_REACH_EGRESS 54"],
    ["a cycle", "ingress -> egress; error { a = f() -> b -> a; b = f() -> egress }", "E_PIPELINE_CYCLE 45"],
    ["two egresses", "ingress -> egress; error { f -> egress; f -> x; x = egress() }", "E_DUP_EGRESS 66"],
  ];
  for (const [what, body, ...found] of rows) {
    test(`${what}: ${found.join(", ") || "fine"}`, () => expect(findings(body)).toEqual(found));
  }

  test("the block at the top of the file is for the pipelines that have none, and is reported once", () => {
    const top = (block: string) =>
      samplePackage(
        `package app\nerror ${block}\npipeline P { ingress -> egress }\npipeline Q { ingress -> egress; error { f; egress } }\nfunc f(e) any { return e }`,
      );
    const { pipelines } = top("{ egress }");
    expect(pipelines.get("P")?.error?.nodes.map(({ name }) => name)).toEqual(["egress"]);
    expect(pipelines.get("Q")?.error?.nodes.map(({ name }) => name)).toEqual(["f", "egress"]);
    const broken = top("{ f }");
    expect(broken.findings.map(({ code }) => code)).toEqual(["E_ERRPIPE_END_EGRESS"]);
    expect([...broken.pipelines.keys()]).toEqual(["Q"]);
    expect(broken.broken.get("P")?.code).toBe("E_ERRPIPE_END_EGRESS");
  });

  test("a second block at the top of a file is a syntax error", () => {
    expect(sampleFindings("package app\nerror { egress }\nerror { egress }")).toEqual(["E_PARSE 3:1"]);
  });
});
