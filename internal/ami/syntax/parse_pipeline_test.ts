import { describe, expect, test } from "bun:test";
import { errorsOf, treeOf } from "./ami_fixtures.ts";
import type { Arg, Attr, Chain } from "./ast.ts";

const HEAD = "package p\npipeline P { ";

/** The chains of a pipeline: steps as written, without their line ends, with their connectors between. */
function chains(body: string): string[] {
  const text = `${HEAD}${body}}`;
  return (treeOf(text).pipelines[0]?.body.chains ?? []).map(({ steps, connectors }) =>
    steps
      .map(({ start, end }, at) => `${connectors[at - 1] ?? ""}<${text.slice(start, end).replace(/\s+/g, " ")}>`)
      .join(""),
  );
}

function chainOf(body: string): Chain {
  const [chain] = treeOf(`${HEAD}${body}}`).pipelines[0]?.body.chains ?? [];
  if (chain === undefined) throw new Error("no chain");
  return chain;
}

function attrText({ prefix, name, args, value }: Attr): string {
  const list = args === undefined ? "" : `(${args.map(argText).join(",")})`;
  return `${prefix ?? ""}:${name.text}${list}${value === undefined ? "" : `=${argText(value)}`}`;
}

function argText({ name, value }: Arg): string {
  const inner = value.kind === "attr" ? attrText(value.attr) : value.kind === "func" ? "func" : value.expr.kind;
  return `${name === undefined ? "" : `${name.text}=`}${inner}`;
}

/** The attributes of the first step. */
function attrs(body: string): string[] {
  return chainOf(body).steps[0]?.attrs.map(attrText) ?? [];
}

describe("chains", () => {
  const read: [body: string, expected: string[]][] = [
    ["", []],
    ["ingress; work(); egress", ["<ingress>", "<work()>", "<egress>"]],
    ["ingress\nwork\negress\n", ["<ingress>", "<work>", "<egress>"]],
    ["ingress.Transform(f).egress", ["<ingress>.<Transform(f)>.<egress>"]],
    ["ingress -> a.b -> egress", ["<ingress>-><a>.<b>-><egress>"]],
    ["ingress\n .a()\n // x\n -> b", ["<ingress>.<a()>-><b>"]],
    ["ingress ->\n a.\n b", ["<ingress>-><a>.<b>"]],
    ["x = Transform(f)\ny=x.z", ["<x = Transform(f)>", "<y=x>.<z>"]],
    ['io.Read("a").io.Write("b").egress', ['<io.Read("a")>.<io.Write("b")>.<egress>']],
    ["io\n.egress; io -> x", ["<io>.<egress>", "<io>-><x>"]],
    ["error; if -> func\nerror = return", ["<error>", "<if>-><func>", "<error = return>"]],
    ["a;;\n;b", ["<a>", "<b>"]],
  ];
  for (const [body, expected] of read) {
    test(`${JSON.stringify(body)} is read`, () => {
      expect(chains(body)).toEqual(expected);
    });
  }

  test("a step says whether it has parentheses, and its label", () => {
    expect(chainOf("x = a()").steps[0]).toMatchObject({ label: { text: "x" }, name: { text: "a" }, parens: true });
    expect(chainOf("a").steps[0]).toMatchObject({ label: undefined, parens: false, args: [] });
    expect(chainOf("io.Read").steps[0]?.name).toEqual({ text: "io.Read", start: 23, end: 30 });
  });

  test("an error block stands once, needs no END behind it and holds no other", () => {
    const [pipeline] = treeOf(`${HEAD} a\n error\n { b -> c } d }`).pipelines;
    expect(pipeline?.body.chains.map(({ steps }) => steps[0]?.name.text)).toEqual(["a", "d"]);
    expect(pipeline?.body.error?.body.chains).toHaveLength(1);
    expect(errorsOf(`${HEAD}error { } error { } }`)).toEqual([`2:24 expected a step or '}', got "error"`]);
    expect(errorsOf(`${HEAD}error { error { } } }`)).toEqual([`2:22 expected a step or '}', got "error"`]);
  });

  const wrong: [body: string, finding: string][] = [
    ["ingress -> }", `2:25 expected a step, got "}"`],
    ["ingress -> -> egress }", `2:25 expected a step, got "->"`],
    ["-> a }", `2:14 expected a step, got "->"`],
    ["x = }", `2:18 expected a step, got "}"`],
    ["x\n= a }", `3:1 expected a step, got "="`],
    ["a, b }", `2:15 expected ';' or a new line, got ","`],
    ["a b, }", `2:19 expected an attribute, got "}"`],
    ["a\n(b) }", `3:1 expected a step, got "("`],
    ["a(b }", `2:18 expected ',' or ')', got "}"`],
    ["a(b,) }", `2:18 expected an expression, got ")"`],
    ["a(x=) }", `2:18 expected an expression, got ")"`],
    ["a x= }", `2:19 expected an expression, got "}"`],
    ["a merge.(b) }", `2:22 expected an attribute, got "("`],
    ["a -> ", "2:19 expected a step, got end of file"],
    ["a", "2:15 expected '}', got end of file"],
  ];
  for (const [body, finding] of wrong) {
    test(`${JSON.stringify(body)}: ${finding}`, () => {
      expect(errorsOf(`${HEAD}${body}`)).toEqual([finding]);
    });
  }
});

describe("attributes and arguments", () => {
  const read: [body: string, expected: string[]][] = [
    [
      'C merge.Sort("k", desc), merge.Window(2)',
      [":Sort", ":Window"].map((name, at) => `merge${name}(${at === 0 ? "string,name" : "number"})`),
    ],
    [
      "C merge.Stable() dropOldest, delay=5ms workers = 2",
      ["merge:Stable()", ":dropOldest", ":delay=duration", ":workers=number"],
    ],
    ["C merge.Key(id),\n  merge.Dedup\n  -> x", ["merge:Key(name)", "merge:Dedup"]],
    ["C\n merge.Key(id)", []],
    ["C edge.FIFO(min=1, max=2, backpressure=block)", ["edge:FIFO(min=number,max=number,backpressure=name)"]],
    ["C in=edge.LIFO(max=1) io.Stdout", [":in=edge:LIFO(max=number)", "io:Stdout"]],
    ["C worker=func(ev) { return ev } type(T)", [":worker=func", ":type(name)"]],
    ["C a=b=c d", [":a=b=name", ":d"]],
    ["C merge edge", [":merge", ":edge"]],
    ["C merge\n .x", [":merge"]],
  ];
  for (const [body, expected] of read) {
    test(`${JSON.stringify(body)} has ${expected.join(" ")}`, () => {
      expect(attrs(body)).toEqual(expected);
    });
  }

  test("arguments are expressions, attributes or functions, named or not", () => {
    const text =
      "C(f, 5ms, merge.Sort(meta.ts), in=edge.FIFO, worker=func(ev) any { return ev }, filter(io.x), type(T))";
    expect(chainOf(text).steps[0]?.args.map(argText)).toEqual([
      "name",
      "duration",
      "merge:Sort(member)",
      "in=edge:FIFO",
      "worker=func",
      "call",
      "call",
    ]);
  });

  const dots: [body: string, expected: string[]][] = [
    ["a delay=5ms.egress", ["<a delay=5ms>.<egress>"]],
    ["a delay=5.egress", ["<a delay=5>.<egress>"]],
    ['a x="s".egress', ['<a x="s">.<egress>']],
    ["a worker=set(b).egress", ["<a worker=set(b)>.<egress>"]],
    ["a x=[1].egress", ["<a x=[1]>.<egress>"]],
    ["a worker=m.F.egress", ["<a worker=m.F.egress>"]],
    ["a worker=m.F\n.egress", ["<a worker=m.F>.<egress>"]],
    ["a worker=m.F -> egress", ["<a worker=m.F>-><egress>"]],
    ["a x=(m.f().g).egress", ["<a x=(m.f().g)>.<egress>"]],
    ["a x=edge.FIFO.egress", ["<a x=edge.FIFO>.<egress>"]],
    ["a(x=m\n.F).egress", ["<a(x=m .F)>.<egress>"]],
    ["a worker=func(ev) { return f().x\n.y }.egress", ["<a worker=func(ev) { return f().x .y }>.<egress>"]],
  ];
  for (const [body, expected] of dots) {
    test(`the dots of ${JSON.stringify(body)} connect steps, or lead to members`, () => {
      expect(chains(body)).toEqual(expected);
    });
  }
});
