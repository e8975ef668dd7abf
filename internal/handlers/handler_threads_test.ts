import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import fc from "fast-check";
import { seededRng } from "../world/mod.ts";
import {
  answered,
  answerOf,
  closeHandlers,
  failed,
  handlerModule,
  handlersOf,
  late,
  SampleDb,
  sampleCall,
} from "./sample_handlers.ts";

afterAll(closeHandlers);

/** A promise of some ms. */
const SLEEP = "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));";

describe("a handler", () => {
  test("answers from its args, at once or by a promise (scenarios row 17)", () => {
    const result = { total: 3, lines: [{ sku: "é" }], ok: true };
    for (const text of [
      "export function f(args) { return { case: 'Success', result: args }; }",
      "export const f = async (args) => ({ case: 'Success', result: args });",
      `${SLEEP} export const f = async (args) => { await sleep(1); return { case: 'Success', result: args }; };`,
      "export const f = (args) => ({ then: (done) => done({ case: 'Success', result: args }) });",
    ]) {
      expect(answerOf(text, { args: result })).toEqual(answered({ case: "Success", result }));
    }
    expect(answerOf("export const f = () => {};")).toEqual(answered(undefined));
  });

  test("gets and gives integers exactly (property)", () => {
    const handlers = handlersOf();
    const module = handlerModule(
      'export const f = ({ n }, { db }) => ({ case: typeof n, result: { n, row: db.get("?", { n }) } });',
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (big) => {
        const n = Number.isSafeInteger(Number(big)) ? Number(big) : big;
        const db = new SampleDb([{ n }]);
        const expected = answered({ case: typeof n, result: { n, row: { n } } });
        expect(handlers.call(sampleCall(module, { args: { n } }), db)).toEqual(expected);
        expect(db.asked).toEqual([["get", "?", { n }]]);
      }),
      { numRuns: 100 },
    );
  });

  test("is told of its call by ctx", () => {
    const text = `export const f = (_, ctx) => {
      const { flowToken, invocationId, seq, clock } = { ...ctx };
      return [flowToken, invocationId, seq, clock.now()];
    };`;
    const given = { flowToken: "t\u{1F600}", invocationId: "ab", seq: 2 ** 40, nowMs: 1_700_000_000_123 };
    expect(answerOf(text, given)).toEqual(answered(["t\u{1F600}", "ab", 2 ** 40, 1_700_000_000_123]));
  });

  test("draws numbers that only its invocation id decides", () => {
    const text = "export const f = (_, { rng }) => [rng.next(), rng.int(6), rng.int(2 ** 40)];";
    const draws = (invocationId: string, seq: number) => answerOf(text, { invocationId, seq });
    const rng = seededRng(0).split("ab");
    expect(draws("ab", 1)).toEqual(answered([rng.next(), rng.int(6), rng.int(2 ** 40)]));
    expect(draws("ab", 2)).toEqual(draws("ab", 1));
    expect(draws("ac", 1)).not.toEqual(draws("ab", 1));
    // Fixed for ever: they are in people's logs.
    expect(draws("ab", 1)).toEqual(answered([0.21402630528270739, 1, 344753171119]));
    expect(answerOf("export const f = (_, { rng }) => rng.int(0);")).toEqual(
      failed("int(0): a whole number from 1 is expected"),
    );
  });

  test("asks the database while it runs, with values of any type", () => {
    const rows = [{ a: 1, b: "é", c: null, d: 2n ** 60n, e: 1.5, f: new Uint8Array([0, 255]) }];
    const db = new SampleDb(rows);
    const text = `export const f = async (_, { db }) => {
      db.run("INSERT\\n?", { list: [1, { k: true }], big: 9007199254740993n, none: undefined });
      const [all, one] = [db.all("SELECT 1"), db.get("SELECT 2", {})];
      await Promise.resolve();
      return { all, one, third: db.run("x") };
    };`;
    expect(answerOf(text, { db })).toEqual(answered({ all: rows, one: rows[0], third: undefined }));
    expect(db.asked).toEqual([
      ["run", "INSERT\n?", { list: [1, { k: true }], big: 9_007_199_254_740_993n, none: undefined }],
      ["all", "SELECT 1", undefined],
      ["get", "SELECT 2", {}],
      ["run", "x", undefined],
    ]);
    expect(answerOf('export const f = (_, { db }) => db.get("x") === undefined;')).toEqual(answered(true));
  });

  test("has what the database refuses thrown, and may catch it", () => {
    const message = "E_ACTION_FAILED: UNIQUE constraint failed: T.\uFFFDk";
    expect(answerOf('export const f = (_, { db }) => db.all("fail");')).toEqual(failed(message));
    expect(
      answerOf('export const f = (_, { db }) => { try { db.all("fail"); } catch (e) { return e.message; } };'),
    ).toEqual(answered(message));
    expect(answerOf("export const f = (_, { db }) => db.all(1);")).toEqual(
      failed("ctx.db.all takes SQL as a text, got number"),
    );
  });

  test.each([
    ["a throw", 'throw new Error("no stock")', "no stock"],
    ["a rejection", 'return Promise.reject(new TypeError("no stock"))', "no stock"],
    ["a late rejection", 'return new Promise((_, no) => setTimeout(() => no("no stock"), 1))', "no stock"],
    ["a throw of nothing", "throw undefined", "undefined"],
    ["a stack that overflows", "const g = () => g() + 1; return g()", "Maximum call stack size exceeded."],
    [
      "an answer without end",
      "let a = 1; for (let n = 0; n < 60; n += 1) a = [a, a]; return a",
      "what the handler returned cannot be taken: more than 1048576 values, or 67108864 characters",
    ],
    [
      "an answer that throws",
      'return { get case() { throw new Error("got") } }',
      "what the handler returned cannot be taken: got",
    ],
  ])("that ends in %s has failed with its message", (_, body, message) => {
    expect(answerOf(`export const f = () => { ${body}; };`)).toEqual(failed(message));
  });

  test("that is no function, or whose module does not load, fails at every call and says why", () => {
    expect(answerOf("export const f = 1;")).toEqual(
      failed("E_SPEC_HANDLER: the export f of h.ts is no function but number"),
    );
    expect(answerOf('throw new Error("boom"); export const f = () => 1;')).toEqual(
      failed("h.ts cannot be loaded: boom"),
    );
  });

  test("that ends its thread has failed, and the next call works", () => {
    const handlers = handlersOf({ open: true });
    expect(answerOf("export const f = () => process.exit(0);", { handlers })).toEqual(
      failed("the handler f of h.ts ended its thread"),
    );
    expect(
      answerOf(`${SLEEP} export const f = async () => { await sleep(1); process.exit(3); };`, { handlers }),
    ).toEqual(failed("the handler f of h.ts ended its thread"));
    expect(answerOf("export const f = () => 1;", { handlers })).toEqual(answered(1));
  });
});

describe("under plumb test", () => {
  test.each([
    ["process.env.HOME", "process"],
    ["Bun.file('x')", "Bun"],
    ["fetch('http://localhost')", "fetch"],
  ])("%s fails the action, which names E_SPEC_HANDLER_IO (scenarios row 43)", (expression, name) => {
    const message = `E_SPEC_HANDLER_IO: a handler module may not use ${name} without --allow fs or --allow net`;
    expect(answerOf(`export const f = () => String(${expression});`)).toEqual(failed(message));
    expect(answerOf(`export const f = async () => String(await ${expression});`)).toEqual(failed(message));
  });

  test("what reaches the host is there if it is allowed, as it is elsewhere (scenarios row 43)", () => {
    const handlers = handlersOf({ open: true });
    const text =
      'import { existsSync } from "node:fs"; export const f = () => [existsSync("/"), typeof process.env, typeof Bun.file, typeof fetch];';
    expect(answerOf(text, { handlers })).toEqual(answered([true, "object", "function", "function"]));
  });

  test("clocks, chance and timers of the machine are there: a handler has effects, and is not re-executed by chance", () => {
    const text = `${SLEEP} export const f = async () => { await sleep(1); return [typeof Date.now(), typeof Math.random()]; };`;
    expect(answerOf(text)).toEqual(answered(["number", "number"]));
  });

  test("what a handler prints belongs to its case, and so does what it leaves behind", () => {
    const printed: string[] = [];
    const handlers = handlersOf();
    const begin = (name: string) => handlers.begin((stream, text) => void printed.push(`${name} ${stream} ${text}`));
    const module = handlerModule(`${SLEEP}
      let calls = 0;
      export const f = async () => {
        console.log("call", ++calls); console.error("oh");
        setInterval(() => console.log("tick"), 1);
        await sleep(60); console.log("late");
      };
      export const g = () => sleep(40).then(() => calls);`);
    begin("first");
    expect(handlers.call(sampleCall(module, { timeoutMs: 10 }), new SampleDb())).toEqual(late(10));
    begin("second");
    expect(handlers.call(sampleCall(module, { name: "g" }), new SampleDb())).toEqual(answered(0));
    expect(printed.filter((line) => !line.endsWith("tick\n"))).toEqual(["first stdout call 1\n", "first stderr oh\n"]);
    expect(printed.filter((line) => line.startsWith("second"))).toEqual([]);
  });

  test("a promise that nobody waits for and that fails is printed, and harms no call", () => {
    // In a process of its own: `bun test` takes uncaught errors of threads for itself.
    const main = handlerModule(`
      import { HandlerThreads } from ${JSON.stringify(join(import.meta.dir, "mod.ts"))};
      import { sampleCall, SampleDb, handlerModule } from ${JSON.stringify(join(import.meta.dir, "sample_handlers.ts"))};
      const lines = [];
      const handlers = new HandlerThreads({ open: false, print: (stream, text) => lines.push(stream + " " + text) });
      const module = handlerModule(\`
        export const f = (_, ctx) => { later(ctx); return 1; };
        const later = async ({ db }) => { await null; db.run("late"); };
        export const g = async () => { while (true) { await new Promise((r) => setTimeout(r, 1)); return 2; } };\`);
      const answers = ["f", "g"].map((name) => handlers.call(sampleCall(module, { name }), new SampleDb()).value);
      console.log(JSON.stringify([answers, lines]));`);
    const { stdout, stderr } = Bun.spawnSync([process.execPath, main]);
    expect([stderr.toString(), JSON.parse(stdout.toString())]).toEqual([
      "",
      [
        [1, 2],
        ["stderr uncaught in a handler module: ctx cannot be used after the call that it was made for has ended\n"],
      ],
    ]);
  });
});
