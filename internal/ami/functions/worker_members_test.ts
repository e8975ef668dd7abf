import { describe, expect, test } from "bun:test";
import { SILENCE, WorkerFault } from "./worker.ts";
import { contextAt, evaluated, eventOf, run, workerOf } from "./worker_fixture.ts";

const PAYLOAD = { a: { b: [10, 20] }, n: null, s: "text", k: "a" };

test.each([
  ["p.a.b[1]", 20],
  ['p["a"]["b"]', [10, 20]],
  ["p[p.k].b", [10, 20]],
  ["p.x", null],
  ["p.x.y.z", null],
  ["p.n.x", null],
  ["p.n[0]", null],
  ['p.n["x"]', null],
  ["p.a.b[2]", "E_WORKER_INDEX"],
  ["p.a.b[-1]", "E_WORKER_INDEX"],
  ["p.a.b[0.5]", "E_WORKER_INDEX"],
  ['p.a.b["0"]', "E_WORKER_TYPE"],
  ["p.a.b.length", "E_WORKER_TYPE"],
  ["p.s.length", "E_WORKER_TYPE"],
  ["p.s[0]", "E_WORKER_TYPE"],
  ["p[0]", "E_WORKER_TYPE"],
  ["p[nil]", "E_WORKER_TYPE"],
  ["p.a.b[nil]", "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr, PAYLOAD)).toEqual(value);
});

test.each([
  ["ev.id", "P/ingress/0"],
  ["ev.time", 3],
  ["ev.attempt", 1],
  ["ev.trace.span", "s"],
  ['ev["payload"].s', "text"],
  ["ev.other", "E_WORKER_TYPE"],
  ["ev[0]", "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr, PAYLOAD)).toEqual(value);
});

test("parts of an event may be nil", () => {
  const event = { ...eventOf(null), trace: null };
  const worker = workerOf(
    'func w(ev) any { return [ev.payload, ev["payload"], ev.trace, ev.trace.x, get(ev, "trace", 1)] }',
  );
  expect(worker(event, contextAt())).toEqual([null, null, null, null, null]);
});

test("an enum's member is its name", () => {
  expect(run('enum Level { Low = 1, High }\nfunc w(ev) any { return [Level.Low, Level.High == "High"] }')).toEqual([
    "Low",
    true,
  ]);
});

describe("failures say what was found and where", () => {
  test.each([
    ["p.s.length", ".length takes a map, got string (t.ami:3)"],
    ["p.a.b[7]", "index 7 is outside of a list of 2 (t.ami:3)"],
    ['1 + "a"', "+ takes two numbers or two strings, got number and string (t.ami:3)"],
    ["ev.x", "an event has no member x: it has payload, id, time, attempt and trace (t.ami:3)"],
  ])("%s: %s", (expr, message) => {
    const fault = run(`func w(ev) any { p := ev.payload\nreturn ${expr} }`, PAYLOAD);
    expect(fault instanceof WorkerFault && fault.message).toBe(message);
  });

  test("the line is that of the statement, also behind a call and inside of a block", () => {
    const declarations = `func ok(x) any {
  return x
}
func w(ev) any {
  if true {
    x := ok(
      1) + "a"
  }
  return ev
}`;
    const fault = run(declarations);
    expect(fault instanceof WorkerFault && fault.message).toEndWith("(t.ami:7)");
  });

  test("in a called function it is that function's line", () => {
    const fault = run("func bad(x) any {\n return x / 0 }\nfunc w(ev) any {\n return bad(1) }");
    expect(fault instanceof WorkerFault && fault.message).toBe("division by zero (t.ami:3)");
  });
});

test("nothing else leaves a worker", () => {
  expect(run("func w(ev) { }")).toBe(SILENCE);
});
