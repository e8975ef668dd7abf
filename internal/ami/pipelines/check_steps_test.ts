import { describe, expect, test } from "bun:test";
import { sampleFindings, sampleModules, samplePackage } from "./sample_package.ts";

// Each row of the table of pipelines §2, and what stands in its text. Sources are one pipeline in line 2.

const FUNCS = " func f(e) any { return e } func g(e) any { return e }";

/** Findings of a pipeline P with this body; `f` and `g` are functions. */
function findings(body: string): readonly string[] {
  return sampleFindings(`package app\npipeline P { ${body} }\n${FUNCS}`);
}

/** The edges of P by label. */
function edges(body: string, text = `package app\npipeline P { ${body} }\n${FUNCS}`): readonly string[] {
  const { pipelines, findings } = samplePackage(text);
  const graph = pipelines.get("P");
  if (graph === undefined) throw new Error(`P does not run: ${JSON.stringify(findings)}`);
  return graph.edges.map(({ from, to }) => `${graph.nodes[from]?.label} -> ${graph.nodes[to]?.label}`);
}

describe("wiring", () => {
  test("both connectors connect left to right", () => {
    expect(edges("ingress.f -> g.egress")).toEqual(["ingress -> f", "f -> g", "g -> egress"]);
  });

  test("a pipeline without any connector is wired in the order of its steps", () => {
    expect(edges("ingress; f; g; egress")).toEqual(["ingress -> f", "f -> g", "g -> egress"]);
  });

  test("one connector anywhere, and nothing else is wired", () => {
    expect(findings("ingress; f; egress; ingress -> egress")).toEqual(["E_PIPELINE_NODE_DISCONNECTED 2:23"]);
  });

  test("the error block is wired for itself", () => {
    expect(findings("ingress; f; egress; error { f -> egress }")).toEqual([]);
    expect(findings("ingress -> f -> egress; error { f; egress }")).toEqual([]);
  });
});

describe("names", () => {
  test("kinds match in any letter case, and output has the canonical form", () => {
    expect(edges("INGRESS -> transform -> fanOut() -> EGRESS; FANOUT -> mutable() -> Egress")).toEqual([
      "ingress -> Transform",
      "Transform -> FanOut",
      "FanOut -> egress",
      "FanOut -> Mutable",
      "Mutable -> egress",
    ]);
  });

  test("a bare name refers to what is declared after it", () => {
    expect(edges("ingress -> s -> egress; s = Transform(f)")).toEqual(["ingress -> s", "s -> egress"]);
  });

  test("the first bare mention declares, later ones refer to it", () => {
    expect(edges("ingress -> f -> egress; f -> Transform -> egress; ingress -> Transform")).toEqual([
      "ingress -> f",
      "f -> egress",
      "f -> Transform",
      "Transform -> egress",
      "ingress -> Transform",
    ]);
  });

  test("ingress() and egress() without arguments count as bare", () => {
    expect(edges("ingress() -> f -> egress(); ingress() -> g -> egress()")).toEqual([
      "ingress -> f",
      "f -> egress",
      "ingress -> g",
      "g -> egress",
    ]);
  });

  test("instances of one name are numbered in source order, from the second on with their number", () => {
    expect(edges("ingress.Transform(f).f().Transform(g).f().egress")).toEqual([
      "ingress -> Transform",
      "Transform -> f",
      "f -> Transform#2",
      "Transform#2 -> f#2",
      "f#2 -> egress",
    ]);
  });

  test("the argument name= names as NAME = does", () => {
    expect(edges("ingress.Transform(f, name=a).Transform(worker=g) name=b -> egress; a -> egress")).toEqual([
      "ingress -> a",
      "a -> b",
      "b -> egress",
      "a -> egress",
    ]);
    expect(findings("ingress.Transform(f, name=a).egress; a -> a2; a2 = FanOut() ; a2 -> egress")).toEqual([]);
  });

  test("a given name is no function's step, though a function has it", () => {
    const { pipelines } = samplePackage(`package app\npipeline P { ingress -> f -> egress; f = Mutable(g) }\n${FUNCS}`);
    expect(pipelines.get("P")?.nodes.map(({ kind }) => kind)).toEqual(["ingress", "egress", "mutable"]);
  });

  test("a name with merge attributes that is nothing else is a Collect", () => {
    const { pipelines } = samplePackage(
      "package app\npipeline P { ingress -> C -> D -> egress; C merge.Window(2); D(merge.Window(3)) }",
    );
    const plans = pipelines.get("P")?.nodes.map(({ name, kind, plan }) => [name, kind, plan?.window]);
    expect(plans).toEqual([
      ["ingress", "ingress", undefined],
      ["egress", "egress", undefined],
      ["C", "collect", 2],
      ["D", "collect", 3],
    ]);
  });
});

describe("names that are nothing", () => {
  const rows: [body: string, ...found: string[]][] = [
    ["ingress; nope; egress", "E_UNKNOWN_NODE 2:23"],
    ["ingress.nope.egress", "E_UNKNOWN_NODE 2:22"],
    ["nope -> egress", "E_EDGE_UNDECLARED_FROM 2:14"],
    ["ingress -> nope -> egress", "E_EDGE_UNDECLARED_TO 2:25"],
    ["ingress.nope -> egress", "E_EDGE_UNDECLARED_TO 2:22"],
    ["ingress -> nope() -> egress", "E_WORKER_UNDEFINED 2:25"],
    ["ingress -> x -> egress; x = nope", "E_WORKER_UNDEFINED 2:42"],
    ["ingress -> nope edge.FIFO(max=1) -> egress", "E_WORKER_UNDEFINED 2:25"],
    ["ingress.Transform(nope).egress", "E_WORKER_UNDEFINED 2:32"],
    ["ingress.Transform(worker=nope).egress", "E_WORKER_UNDEFINED 2:39"],
    ["ingress.Transform(x.nope).egress", "E_WORKER_UNDEFINED 2:32"],
    ['ingress.Transform("nope").egress', "E_WORKER_UNDEFINED 2:32"],
    ["ingress.Transform(nope(3)).egress", "E_WORKER_UNDEFINED 2:32"],
    ["ingress -> io.Print -> egress", "E_EDGE_UNDECLARED_TO 2:25"],
  ];
  for (const [body, ...found] of rows) {
    test(`${body} gives ${found.join(", ")}`, () => expect(findings(body)).toEqual(found));
  }

  test("each is reported once, where it stands first", () => {
    expect(findings("ingress -> a.nope; nope -> nope; Transform(nope) -> egress; a = FanOut()")).toEqual([
      "E_UNKNOWN_NODE 2:27",
    ]);
    expect(findings("ingress -> Transform(nope) -> nope -> egress")).toEqual(["E_WORKER_UNDEFINED 2:35"]);
  });

  test("the error block has its own names, and reports them itself", () => {
    expect(findings("ingress -> s -> egress; s = Transform(); error { s -> egress }")).toEqual([
      "E_EDGE_UNDECLARED_FROM 2:63",
    ]);
  });

  test("what was probably meant stands in the help: a kind, a function, a step, an export, a built-in worker", () => {
    expect(findings("ingress; Tansform; egress")).toEqual(["E_UNKNOWN_NODE 2:23 help Transform"]);
    expect(findings("ingress -> sned -> egress; send = Transform()")).toEqual(["E_EDGE_UNDECLARED_TO 2:25 help send"]);
    expect(findings("ingress; drop_even; egress")).toEqual(["E_UNKNOWN_NODE 2:23 help Transform(drop_even)"]);
    expect(findings("ingress; filter(true); egress")).toEqual(["E_WORKER_UNDEFINED 2:23 help Transform(filter(…))"]);
    expect(findings("ingress; Transform(add_feild(1)); egress")).toEqual(["E_WORKER_UNDEFINED 2:33 help add_field"]);
    const text = 'package app\n#pragma workers "./w.ts"\npipeline P { ingress; Transform(scoer); egress }';
    const modules = sampleModules({ "/p/w.ts": ["score"] });
    expect(sampleFindings(text, modules)).toEqual(["E_WORKER_UNDEFINED 3:33 help score"]);
  });

  test("attributes of a step that stand where it is not declared are explained", () => {
    const { findings: all } = samplePackage(
      "package app\npipeline P { ingress -> s -> egress; s = FanOut(); s dropOldest }",
    );
    expect(all.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "E_STEP_AMBIGUOUS: s may be any of 2 steps of that name; give the one that is meant a name of its own",
      "E_WORKER_UNDEFINED: s is a step already; its arguments and attributes stand where it is declared",
    ]);
  });
});

describe("the other rows", () => {
  const rows: [what: string, body: string, ...found: string[]][] = [
    ["an ambiguous name", "ingress.f().f().egress; f -> egress", "E_STEP_AMBIGUOUS 2:38"],
    ["two steps with one given name", "ingress; a = f(); a = g(); egress", "E_DUP_STEP 2:36"],
    ["a name that is a kind", "ingress -> FanOut(name=collect) -> egress", "E_STEP_NAME 2:25"],
    ["a name that is a kind, before =", "Timer = FanOut(); ingress -> egress", "E_STEP_NAME 2:22"],
    ["no source", "f -> egress", "E_PIPELINE_START_INGRESS 2:1"],
    ["no end", "ingress -> f", "E_PIPELINE_END_EGRESS 2:1"],
    ["neither", "f -> g", "E_PIPELINE_END_EGRESS 2:1", "E_PIPELINE_START_INGRESS 2:1"],
    ["two egresses", "ingress -> a; ingress -> b; a = egress(); b = egress()", "E_DUP_EGRESS 2:60"],
    ["an edge into ingress", "f -> ingress -> egress", "E_EDGE_TO_INGRESS 2:19"],
    ["an edge out of egress", "ingress -> egress -> f", "E_EDGE_FROM_EGRESS 2:35"],
    ["an edge into a Timer", "ingress -> f -> Timer(1) -> egress", "E_EDGE_TO_TIMER 2:30"],
    ["an edge from an ingress into a Timer is fine", "ingress -> Timer(1) -> egress"],
    ["a step to itself", "ingress -> f -> f -> egress", "E_PIPELINE_SELF_EDGE 2:30"],
    ["a step to itself without connectors", "ingress; f; f; egress", "E_PIPELINE_SELF_EDGE 2:26"],
    ["an edge twice", "ingress -> f -> egress; ingress -> f", "W_PIPELINE_DUP_EDGE 2:49"],
    ["a step without edges", "ingress -> egress; f", "E_PIPELINE_NODE_DISCONNECTED 2:33"],
    ["no path at all", "ingress -> f; g -> egress", "E_PIPELINE_NO_PATH_INGRESS_EGRESS 2:1"],
    ["not reachable", "ingress -> egress; f -> egress", "E_PIPELINE_UNREACHABLE_FROM_INGRESS 2:33"],
    ["no way to an end", "ingress -> egress; ingress -> f", "E_PIPELINE_CANNOT_REACH_EGRESS 2:44"],
    [
      "an io.Write is an end",
      'ingress -> io.Write("x")',
      "E_CAPABILITY_REQUIRED 2:25 help #pragma capabilities list=io",
    ],
    ["an empty pipeline", "", "W_PIPELINE_EMPTY 2:1"],
    ["an empty pipeline with an error block", "error { egress }", "W_PIPELINE_EMPTY 2:1"],
  ];
  for (const [what, body, ...found] of rows) {
    test(`${what}: ${found.join(", ") || "nothing"}`, () => expect(findings(body)).toEqual(found));
  }

  test("an edge that stands twice is there once", () => {
    expect(edges("ingress -> f -> egress; ingress -> f")).toEqual(["ingress -> f", "f -> egress"]);
  });

  test("a pipeline is judged as a whole only when its steps and edges are sound", () => {
    expect(findings("f -> nope")).toEqual(["E_EDGE_UNDECLARED_TO 2:19"]);
    expect(findings("f -> g -> g")).toEqual(["E_PIPELINE_SELF_EDGE 2:24"]);
    expect(findings("Transform(nope)")).toEqual(["E_WORKER_UNDEFINED 2:24"]);
    expect(findings("Transform(delay=x) -> egress")).toEqual(["E_PIPELINE_START_INGRESS 2:1", "E_STEP_ARG 2:30"]);
  });

  test("loose steps are found without a source, paths are not asked for", () => {
    expect(findings("f -> egress; g")).toEqual(["E_PIPELINE_START_INGRESS 2:1", "E_PIPELINE_NODE_DISCONNECTED 2:27"]);
  });

  test("a loose step is not also one that no path leads through", () => {
    expect(findings("ingress -> f; g; egress")).toEqual([
      "E_PIPELINE_NO_PATH_INGRESS_EGRESS 2:1",
      "E_PIPELINE_NODE_DISCONNECTED 2:28",
      "E_PIPELINE_NODE_DISCONNECTED 2:31",
    ]);
  });

  test("of a cycle no paths are asked for, and it is named in full from its first step on", () => {
    const text = "package app\npipeline P { ingress -> c; a -> egress; c -> b -> a -> c; x -> y -> x\n";
    const decl = "a = FanOut(); b = FanOut(); c = FanOut(); x = FanOut(); y = FanOut(); FanOut(name=loose) }";
    expect(
      samplePackage(text + decl).findings.map(({ message, pos }) => `${pos?.line}:${pos?.column} ${message}`),
    ).toEqual(["3:5 the steps form a cycle: a -> c -> b -> a", "3:47 the steps form a cycle: x -> y -> x"]);
  });
});

describe("order of findings", () => {
  test("by line, column and code", () => {
    expect(findings("x1; io.Read(1); x2")).toEqual([
      "E_UNKNOWN_NODE 2:14",
      "E_CAPABILITY_REQUIRED 2:18 help #pragma capabilities list=io",
      "E_IO_ARGS 2:26",
      "E_UNKNOWN_NODE 2:30",
    ]);
  });

  test("several at one place by code", () => {
    const text = "package app\n#pragma trust level=untrusted\npipeline P { io.Read -> egress }";
    expect(sampleFindings(text)).toEqual([
      "E_CAPABILITY_REQUIRED 3:14 help #pragma capabilities list=io",
      "E_IO_ARGS 3:14",
      "E_TRUST_VIOLATION 3:14",
    ]);
  });
});
