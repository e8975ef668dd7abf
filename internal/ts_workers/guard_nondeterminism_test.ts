import { afterAll, describe, expect, test } from "bun:test";
import { sampleContext, sampleEvent } from "./sample_modules.ts";
import { closeWorkers, fault, open, real, result, workerOf } from "./sample_workers.ts";

afterAll(closeWorkers);

describe("in a virtual world", () => {
  const forbidden = [
    "Date.now()",
    "new Date()",
    "Date()",
    "new (class extends Date {})()",
    "performance.now()",
    "performance.timeOrigin",
    "Temporal.Now.instant()",
    "Math.random()",
    "crypto.randomUUID()",
    "crypto.getRandomValues(new Uint8Array(4))",
    "setTimeout(() => {}, 1)",
    "setInterval(() => {}, 1)",
    "setImmediate(() => {})",
    'fetch("http://localhost")',
    'new WebSocket("ws://localhost")',
    'new Worker("./x.ts")',
  ];

  test.each(forbidden)("%s is E_WORKER_NONDETERMINISTIC, capabilities or not", (expression) => {
    const text = `export const f = () => [${expression}];`;
    const expected = fault("E_WORKER_NONDETERMINISTIC", expect.any(String));
    expect(result(text)).toEqual(expected);
    expect(result(text, 1, open)).toEqual(expected);
  });

  test("says what to use instead", () => {
    expect(result("export const f = () => Math.random();")).toEqual(
      fault("E_WORKER_NONDETERMINISTIC", "Math.random differs from run to run; use ctx.rng.next() or ctx.rng.int(n)"),
    );
  });

  test("it is so when a module is evaluated, and in what it leaves to promises", () => {
    expect(result("const start = Date.now(); export const f = () => start;")).toEqual(
      fault(
        "E_WORKER_NONDETERMINISTIC",
        "w.ts cannot be loaded: Date.now differs from run to run; use ctx.clock.now()",
      ),
    );
    const later =
      "let seen = 0; export const f = () => { Promise.resolve().then(() => Date.now()).catch((e) => { seen = e.code; }); return seen; };";
    const f = workerOf(later);
    f(sampleEvent(1), sampleContext());
    expect(f(sampleEvent(1), sampleContext())).toBe("E_WORKER_NONDETERMINISTIC");
  });

  test("a worker that catches it goes its own way", () => {
    expect(result("export const f = () => { try { return Math.random(); } catch (e) { return e.code; } };")).toBe(
      "E_WORKER_NONDETERMINISTIC",
    );
  });

  test("dates that are given can be computed with", () => {
    const body =
      "const d = new Date(5); return [d.toISOString(), d instanceof Date, d.constructor === Date, Date.UTC(1970, 0, 2), typeof setTimeout];";
    expect(result(`export const f = () => { ${body} };`)).toEqual([
      "1970-01-01T00:00:00.005Z",
      true,
      true,
      86_400_000,
      "function",
    ]);
  });

  test("in a real one they are what they are", () => {
    const body =
      "return [typeof Date.now(), typeof new Date().getTime(), typeof performance.now(), typeof Math.random()];";
    expect(result(`export const f = () => { ${body} };`, 1, real)).toEqual(["number", "number", "number", "number"]);
  });

  test("the globals of the thread that calls stay as they are", () => {
    result("export const f = () => 1;");
    expect([typeof Date.now(), typeof Math.random(), typeof process.pid, typeof Bun.version]).toEqual([
      "number",
      "number",
      "number",
      "string",
    ]);
  });
});
