import { describe, expect, test } from "bun:test";
import type { Json } from "../../value/mod.ts";
import { parseSource } from "../syntax/mod.ts";
import { readBuiltinWorker } from "./builtin_worker_reader.ts";
import { SILENCE, WorkerFault } from "./worker.ts";
import { WorkerCompiler } from "./worker_compiler.ts";
import { contextAt, eventOf, scopeOf, shown } from "./worker_fixture.ts";
import { workerFromText } from "./worker_texts.ts";

const SCOPE = scopeOf("func half(x) any { return x / 2 }\nenum Level { Low }");

function read(text: string) {
  const { tree } = parseSource(`package app\npipeline P { ingress.Transform(${text}).egress }`);
  const value = tree.pipelines[0]?.body.chains[0]?.steps[1]?.args[0]?.value;
  return value?.kind === "expr" ? readBuiltinWorker(value.expr, SCOPE) : undefined;
}

function apply(text: string, payload: Json): Json {
  const worker = read(text)?.worker;
  if (worker === undefined) throw new Error(`${text} is no built-in worker`);
  return shown(new WorkerCompiler().builtin(worker, SCOPE)(eventOf(payload), contextAt(7)));
}

describe.each<[string, [Json, Json][]]>([
  [
    'add_field("f")',
    [
      [{ a: 1 }, { a: 1, f: true }],
      [{ f: 0 }, { f: true }],
      [[1], [1]],
      [null, null],
    ],
  ],
  [
    'add_field("a.f")',
    [
      [{ a: 1 }, "E_WORKER_TYPE"],
      [{}, { a: { f: true } }],
    ],
  ],
  [
    'set("a.b", ev.payload.n * 2)',
    [
      [{ n: 2 }, { n: 2, a: { b: 4 } }],
      [
        { n: 2, a: { b: 1, c: 3 } },
        { n: 2, a: { b: 4, c: 3 } },
      ],
      [
        { n: 2, a: null },
        { n: 2, a: { b: 4 } },
      ],
      [{ n: 2, a: [] }, "E_WORKER_TYPE"],
      [{ n: "x" }, "E_WORKER_TYPE"],
    ],
  ],
  [
    'set("a", 1)',
    [
      [[], "E_WORKER_TYPE"],
      [null, "E_WORKER_TYPE"],
      [{}, { a: 1 }],
    ],
  ],
  ['set("a", ev)', [[{}, "E_WORKER_TYPE"]]],
  ['set("at", [now(), half(3), Level.Low, nil])', [[{}, { at: [7, 1.5, "Low", null] }]]],
  [
    'drop("a", "b.c", "x.y")',
    [
      [{ a: 1, b: { c: 1, d: 2 } }, { b: { d: 2 } }],
      [{ b: 5 }, { b: 5 }],
      [{}, {}],
      ["text", "E_WORKER_TYPE"],
    ],
  ],
  [
    'rename("a", "b.c")',
    [
      [
        { a: 1, z: 2 },
        { z: 2, b: { c: 1 } },
      ],
      [{ a: null }, { b: { c: null } }],
      [{ z: 2 }, { z: 2 }],
      [{ a: 1, b: 2 }, "E_WORKER_TYPE"],
      [5, "E_WORKER_TYPE"],
    ],
  ],
  ['rename("a", "a.b")', [[{ a: 1 }, { a: { b: 1 } }]]],
  ['rename("a.b", "a")', [[{ a: { b: 1, c: 2 } }, { a: 1 }]]],
  [
    'filter(has(ev.payload, "k") && ev.payload.k > 1)',
    [
      [{ k: 2 }, { k: 2 }],
      [{ k: 1 }, "silence"],
      [{}, "silence"],
      [{ k: "x" }, "E_WORKER_TYPE"],
    ],
  ],
  [
    "filter(ev.payload)",
    [
      [true, true],
      [1, "E_WORKER_TYPE"],
      [null, "E_WORKER_TYPE"],
    ],
  ],
  [
    "drop_even",
    [
      [{ i: 2 }, "silence"],
      [{ i: 3 }, { i: 3 }],
      [{ i: 2.5 }, "silence"],
      [{ i: -1.5 }, { i: -1.5 }],
      [{ i: "2" }, { i: "2" }],
      [{}, {}],
      [2, 2],
    ],
  ],
  ["drop_even()", [[{ i: 0 }, "silence"]]],
  ['"none"', [[{ i: 2 }, { i: 2 }]]],
  ['""', [[[1], [1]]]],
  ['"drop_even"', [[{ i: 2 }, "silence"]]],
  ['"add_field:f"', [[{}, { f: true }]]],
])("%s", (text, rows) => {
  test.each(rows)("%j becomes %j", (payload, result) => {
    const before = structuredClone(payload);
    expect(apply(text, payload)).toEqual(result);
    expect(payload).toEqual(before);
  });
});

test("fields that every JavaScript object has are fields like others", () => {
  expect(JSON.stringify(apply('set("__proto__", 1)', {}))).toBe('{"__proto__":1}');
  expect(apply('drop("constructor", "toString.x")', { a: 1 })).toEqual({ a: 1 });
  expect(apply('rename("constructor", "b")', { a: 1 })).toEqual({ a: 1 });
});

test("what does not change is passed on as it is", () => {
  const payload = { a: { b: 1 } };
  const dropped = read('drop("x", "a.c")')?.worker;
  if (dropped === undefined) throw new Error("drop was not read");
  expect(new WorkerCompiler().builtin(dropped, SCOPE)(eventOf(payload), contextAt())).toBe(payload);
});

describe("reading", () => {
  const codes = (text: string) => read(text)?.findings.map(({ code }) => code);

  test.each([
    ['set("a")', ["E_CALL_ARITY"]],
    ["drop()", ["E_CALL_ARITY"]],
    ["drop_even(1)", ["E_CALL_ARITY"]],
    ["drop(a)", ["E_STEP_ARG"]],
    ['rename("a", 1)', ["E_STEP_ARG"]],
    ['set("", 1)', ["E_STEP_ARG"]],
    ["filter(evt.payload)", ["E_NAME_UNDEFINED"]],
    ["filter(lenn(ev))", ["E_NAME_UNDEFINED"]],
    ["filter(true)", []],
  ])("%s has the findings %p", (text, expected) => {
    expect(codes(text)).toEqual(expected);
    expect(read(text)?.worker === undefined).toBe(expected.length > 0);
  });

  test.each(["none", "half", "x.set(1)", "5", '"set"', '"add_field:"', "sett(1)"])(
    "%s is no built-in worker",
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  test("guesses ev", () => {
    expect(read("filter(eb.payload)")?.findings[0]?.help).toBe("ev");
  });
});

describe("workerFromText", () => {
  test("knows the texts of the options", () => {
    const context = contextAt();
    expect(workerFromText("drop_even")?.(eventOf({ i: 2 }), context)).toBe(SILENCE);
    expect(workerFromText("add_field:f")?.(eventOf({}), context)).toEqual({ f: true });
    expect(workerFromText("none")?.(eventOf(5), context)).toBe(5);
    expect(workerFromText("")?.(eventOf(5), context)).toBe(5);
    expect(workerFromText("add_field:a.b")?.(eventOf({ a: 1 }), context)).toBeInstanceOf(WorkerFault);
  });

  test.each(["filter", "inc", "add_field:", "add_field", "DROP_EVEN", " none"])("does not know %p", (text) => {
    expect(workerFromText(text)).toBeUndefined();
  });
});
