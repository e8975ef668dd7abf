import { describe, expect, test } from "bun:test";
import { parseSource } from "../syntax/mod.ts";
import { WorkerCompiler } from "./worker_compiler.ts";
import { contextAt, eventOf, resultOf, scopeOf, shown, workerOf } from "./worker_fixture.ts";

describe("what a compiler compiles", () => {
  test("may be a function literal", () => {
    const { tree } = parseSource(
      "package app\npipeline P { ingress.Transform(func(ev) any { return half(ev.payload) }).egress }",
    );
    const value = tree.pipelines[0]?.body.chains[0]?.steps[1]?.args[0]?.value;
    const scope = scopeOf("package app\nfunc half(x) any { return x / 2 }");
    if (value?.kind !== "func") throw new Error("no function literal");
    expect(new WorkerCompiler().worker({ decl: value.func, scope })(eventOf(3), contextAt())).toBe(1.5);
  });

  test("may call functions of imports, which see their own package", () => {
    const lib = `package lib
enum Level { High }
func level(x) any { if x > limit() { return Level.High }
  return "low" }
func limit() any { return 5 }`;
    const body =
      "enum Level { None }\nfunc limit() any { return 100 }\nfunc w(ev) any { return [lib.level(ev.payload), Level.None] }";
    expect(workerOf(body, { lib })(eventOf(6), contextAt())).toEqual(["High", "None"]);
  });

  test("may be recursive, one function or two", () => {
    const fib =
      "func fib(n) any { if n < 2 { return n }\nreturn fib(n - 1) + fib(n - 2) }\nfunc w(ev) any { return fib(ev.payload) }";
    expect(resultOf(fib, 15)).toBe(610);
    const parity = `func even(n) any { if n == 0 { return true }
return odd(n - 1) }
func odd(n) any { if n == 0 { return false }
return even(n - 1) }
func w(ev) any { return [even(ev.payload), odd(ev.payload)] }`;
    expect(resultOf(parity, 7)).toEqual([false, true]);
  });

  test("keeps the variables of calls inside each other apart", () => {
    const body = `func f(n, l) any { own := n
l = append(l, n)
if n > 0 { below := f(n - 1, l)
  return [own, l, below] }
return [own, l] }
func w(ev) any { return f(2, []) }`;
    expect(resultOf(body)).toEqual([2, [2], [1, [2, 1], [0, [2, 1, 0]]]]);
  });

  test("finds parameters in their places, whatever they are called", () => {
    expect(resultOf("func f(_, x, _, y) any { return [x, y] }\nfunc w(ev) any { return f(1, 2, 3, 4) }")).toEqual([
      2, 4,
    ]);
    expect(resultOf("func f(a, a, b) any { return [a, b] }\nfunc w(ev) any { return f(1, 2, 3) }")).toEqual([2, 3]);
    expect(resultOf("func w(_) any { return 1 }")).toBe(1);
    expect(
      resultOf(
        "func f(a, b, c, d, e, f) any { g := 7\nreturn [a, b, c, d, e, f, g] }\nfunc w(ev) any { return f(1, 2, 3, 4, 5, 6) }",
      ),
    ).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("is refused where it has findings", () => {
    const target = scopeOf("package app\nfunc w(ev) any { return x }").functions.get("w");
    if (target === undefined) throw new Error("no function w");
    expect(() => new WorkerCompiler().worker(target)).toThrow("findings");
  });
});

test("the workers of one compiler do not disturb each other", () => {
  const scope = scopeOf(`package app
func add(x) any { return x + 1 }
func a(ev) any { for i := range 60000 { }
  return add(ev.payload) }
func b(ev) any { for i := range 60000 { }
  return add(add(ev.payload)) }`);
  const compiler = new WorkerCompiler();
  const [a, b] = ["a", "b"].map((name) => {
    const target = scope.functions.get(name);
    if (target === undefined) throw new Error(`no function ${name}`);
    return compiler.worker(target);
  });
  const context = contextAt();
  expect([a, b, a].map((worker) => shown(worker?.(eventOf(1), context) ?? null))).toEqual([2, 3, 2]);
});

test("what is no failure of the worker is thrown", () => {
  const context = {
    ...contextAt(),
    now(): number {
      throw new Error("the clock is broken");
    },
  };
  expect(() => workerOf("func w(ev) any { return now() }")(eventOf(1), context)).toThrow("the clock is broken");
});
