import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jsonLines, oneTarget, runPlumb, startPlumb, targets, tempFiles } from "../../internal/testkit/mod.ts";

const HANDLERS = `
import type { Handler } from "plumb";
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
type Sale = { id: string; n: number };
export const now: Handler<Sale> = ({ id, n }, { db }) => {
  console.log("selling", n);
  db.run("INSERT INTO Sale (id, n) VALUES (:id, :n)");
  return { case: "Success", result: { n: db.get("SELECT n FROM Sale WHERE id = :id", { id })?.n as bigint } };
};
export const soon: Handler<Sale> = async (args, ctx) => { await sleep(1); return now(args, ctx); };
export const fails: Handler<Sale> = (args, ctx) => { now(args, ctx); throw new Error("no more stock"); };
export const undeclared: Handler<Sale> = (args, ctx) => ({ ...now(args, ctx), case: "Sucess" });
export const holds: Handler<Sale> = (args, ctx) => {
  for (const end = Date.now() + 300; Date.now() < end; );
  return now(args, ctx);
};
export const sleeps: Handler<Sale> = async (args, ctx) => { await sleep(300); return now(args, ctx); };
export const hangs: Handler<Sale> = () => { while (true); };
export const reads: Handler<Sale> = (args, ctx) => { process.env.HOME; return now(args, ctx); };
`;
const ACTIONS = ["now", "soon", "fails", "undeclared", "holds", "sleeps", "hangs", "reads"];
const BIG = "9007199254740993";

/** A concept whose actions all sell, each in its way. */
const CONCEPT = `concept: Shop
purpose: to sell in every way
handlers: shop.ts
state: {Sale: {key: id, fields: {id: string, n: int}}}
actions:
${ACTIONS.map((name) => `  ${name}: {args: {id: string, n: int}, outputs: [{case: Success, fields: {n: int}}]}\n`).join("")}`;

/** A scenario that sells by one action; without an error it expects the sale, with one that there is none. */
const scenario = (action: string, error?: string): string => `name: ${action}
specs: [shop.concept.yaml]
flow:
  - invoke: Shop.${action}
    args: {id: a, n: ${BIG}}
    expect: ${error === undefined ? `{case: Success, result: {n: ${BIG}}}` : `{error: ${error}}`}
assertions:
  - {type: final_state, table: Sale, rows: [${error === undefined ? `{id: a, n: ${BIG}}` : ""}]}
`;

const shop = (scenarios: Readonly<Record<string, string>>): string =>
  tempFiles({ "shop.concept.yaml": CONCEPT, "shop.ts": HANDLERS, ...scenarios });

// Threads are entered by files that the build has to name.
describe.each(targets())("handlers in threads, $name", (target) => {
  test("scenarios row 17: at once, later, thrown after a write, a case that is not declared", () => {
    const cwd = shop({
      "now.scenario.yaml": scenario("now"),
      "soon.scenario.yaml": scenario("soon"),
      "fails.scenario.yaml": scenario("fails", "E_ACTION_FAILED"),
      "undeclared.scenario.yaml": scenario("undeclared", "E_RESULT_CASE"),
    });
    const { stdout, stderr, exit } = runPlumb(target, ["test"], { cwd });
    expect([stderr, exit]).toEqual(["", 0]);
    expect(stdout).toContain("4 passed");
    const records = jsonLines(runPlumb(target, ["test", "--json", "now.scenario.yaml"], { cwd }).stdout);
    expect(records).toContainEqual(expect.objectContaining({ type: "test_output", text: `selling ${BIG}n\n` }));
  });
});

describe.each(oneTarget())("handlers, $name", (target) => {
  test("scenarios row 41: a handler over its time, and one that holds its thread; others get their verdicts", () => {
    const cwd = shop({
      "holds.scenario.yaml": scenario("holds", "E_ACTION_TIMEOUT"),
      "sleeps.scenario.yaml": scenario("sleeps", "E_ACTION_TIMEOUT"),
      "hangs.scenario.yaml": scenario("hangs"),
      "now.scenario.yaml": scenario("now"),
    });
    const flags = ["--timeout", "100", "--watchdog", "500", "--json"];
    const { stdout, exit } = runPlumb(target, ["test", ...flags], { cwd });
    const ends = jsonLines(stdout).filter(({ type }) => type === "test_end");
    expect(ends).toMatchObject([
      { name: "hangs", status: "fail", code: "E_WORKER_HANG", blame: "subject" },
      { name: "holds", status: "pass" },
      { name: "now", status: "pass" },
      { name: "sleeps", status: "pass" },
    ]);
    expect(exit).toBe(1);
  });

  test("scenarios row 42: invoke of one that hangs writes nothing; mended, recovery completes it, and replay agrees", () => {
    const cwd = shop({});
    const log = ["--db", "log.db", "--specs", "shop.concept.yaml"];
    const sell = (action: string, ...flags: string[]) =>
      runPlumb(target, ["invoke", `Shop.${action}`, ...log, "--args", `{"id":"${action}","n":1}`, ...flags], { cwd });
    const committed = sell("now", "--flow", "f");
    expect([committed.stderr, committed.exit]).toEqual(["selling 1\n", 0]);
    const hung = sell("hangs", "--flow", "g", "--watchdog", "500", "--commit", "each");
    expect(JSON.parse(hung.stdout)).toEqual({
      error: { code: "E_WORKER_HANG", message: expect.stringContaining("has not returned after 500 ms") },
      flow_token: "g",
    });
    expect(hung.exit).toBe(1);
    writeFileSync(join(cwd, "shop.ts"), HANDLERS.replace("() => { while (true); }", "now"));
    const recovered = runPlumb(target, ["invoke", "--recover", ...log], { cwd });
    expect(JSON.parse(recovered.stdout)).toEqual({ recovered: { completions: 1, failed_flows: 0, invocations: 0 } });
    const replayed = runPlumb(target, ["replay", ...log], { cwd });
    expect([replayed.stdout, replayed.exit]).toEqual(["replay: 4 events in 2 flows: IDENTICAL\n", 0]);
  });

  test("scenarios row 43: what reaches the host is refused under plumb test, allowed by --allow, and free elsewhere", () => {
    const cwd = shop({
      "io.concept.yaml": "concept: Io\npurpose: p\nhandlers: io.ts\nactions: {now: {outputs: [{case: Success}]}}\n",
      "io.ts": 'import "node:fs";\nexport const now = () => ({ case: "Success" });\n',
      "io.scenario.yaml": "name: io\nspecs: [io.concept.yaml]\nflow: [{invoke: Io.now, expect: {case: Success}}]\n",
      "reads.scenario.yaml": scenario("reads"),
    });
    const refused = runPlumb(target, ["test", "io.scenario.yaml"], { cwd });
    expect(refused.stdout + refused.stderr).toContain(
      "error[E_SPEC_HANDLER_IO]: io.ts:1:8: a handler module may import",
    );
    expect(refused.exit).toBe(2);
    const failed = runPlumb(target, ["test", "reads.scenario.yaml"], { cwd });
    expect(failed.stdout).toContain("E_ACTION_FAILED");
    expect(failed.stdout).toContain("E_SPEC_HANDLER_IO: a handler module may not use process");
    expect(failed.exit).toBe(1);
    expect(runPlumb(target, ["test", "--allow", "fs"], { cwd })).toMatchObject({ exit: 0 });
    const invoked = runPlumb(target, ["invoke", "Io.now", "--db", "log.db", "--specs", "io.concept.yaml"], { cwd });
    expect(invoked).toMatchObject({ stderr: "", exit: 0 });
  });

  // Every command is a process of its own, and machines may be busy.
  setDefaultTimeout(60_000);

  test("a module that does not load is a load error of the scenarios on it; others run", () => {
    const cwd = shop({
      "io.concept.yaml": "concept: Io\npurpose: p\nhandlers: io.ts\nactions: {now: {outputs: [{case: Success}]}}\n",
      "io.ts": 'export const now = () => ({ case: "Success" });\nthrow new Error("top");\n',
      "io.scenario.yaml": "name: io\nspecs: [io.concept.yaml]\nflow: [{invoke: Io.now, expect: {case: Success}}]\n",
      "now.scenario.yaml": scenario("now"),
    });
    const { stdout, stderr, exit } = runPlumb(target, ["test"], { cwd });
    expect(stdout + stderr).toContain("error[E_SPEC_HANDLER]: io.ts cannot be loaded: top");
    expect(stdout + stderr).toContain("1 passed");
    expect(exit).toBe(2);
  });

  test("a second SIGINT ends at once, also while a handler is waited for", async () => {
    const began = join(tempFiles({}), "began");
    const text = `export const sleeps = async () => {
      require("node:fs").writeFileSync(${JSON.stringify(began)}, "");
      await new Promise((resolve) => setTimeout(resolve, 9_000));
    };`;
    const cwd = shop({ "sleeps.scenario.yaml": scenario("sleeps"), "shop.ts": text });
    const running = startPlumb(target, ["test", "--allow", "fs"], { cwd });
    const interrupting = setInterval(() => existsSync(began) && running.signal("SIGINT"), 20);
    const start = performance.now();
    const { exit } = await running.finish();
    clearInterval(interrupting);
    expect(exit).toBe(130);
    expect(performance.now() - start).toBeLessThan(8_000);
  }, 20_000);
});
