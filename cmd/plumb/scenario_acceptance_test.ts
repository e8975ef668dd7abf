import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { jsonLines, oneTarget, runPlumb, tempDir, tempFiles, writeFiles } from "../../internal/testkit/mod.ts";

// The Acceptance list of spec/scenarios.md, row by row, through the command line: the rows of running and judging scenarios.

type Record = { readonly [key: string]: unknown };

const CART = join(import.meta.dir, "../../testdata/examples/cart");
const SUCCESS = "cart/checkout_success.scenario.yaml";

/** A folder with a fresh copy of the example, in which texts are replaced. */
function cartWith(edits: { readonly [file: string]: readonly [from: string | RegExp, to: string][] } = {}): string {
  const cwd = tempDir();
  cpSync(CART, join(cwd, "cart"), { recursive: true });
  for (const [file, changes] of Object.entries(edits)) {
    const text = changes.reduce(
      (before, [from, to]) => {
        const after = before.replace(from, to);
        if (after === before) throw new Error(`${file} has no ${from}`);
        return after;
      },
      readFileSync(join(cwd, file), "utf8"),
    );
    writeFiles(cwd, { [file]: text });
  }
  return cwd;
}

const COUNTER = `concept: Counter
purpose: Counts, and has actions that nothing runs.
state:
  Count: {n: int}
actions:
  hit: {args: {n: int}, outputs: [{case: Success, fields: {n: int}, effects: ["INSERT INTO Count (n) VALUES (:n)"], result: {n: ":n"}}]}
  ask: {args: {q: string}, outputs: [{case: Success, fields: {a: string}}, {case: Busy}]}
`;

const TELLER = `concept: Teller
purpose: Has a handler.
handlers: teller.ts
actions: {tell: {outputs: [{case: Success}]}}
`;

for (const target of oneTarget()) {
  const plumb = (cwd: string, ...args: string[]) => runPlumb(target, args, { cwd });
  const stream = (cwd: string, ...args: string[]) => {
    const { stdout, stderr, exit } = plumb(cwd, "test", "--json", ...args);
    const records = jsonLines(stdout);
    const ends = records.filter(({ type }) => type === "test_end");
    return { records, ends, totals: Object(records.at(-1)?.totals) as Record, stderr, exit };
  };
  const messages = (end: Record | undefined) =>
    ((end?.diagnostics ?? []) as readonly Record[]).map(({ message }) => String(message));
  const codes = (found: readonly Record[] | unknown) => (found as readonly Record[]).map(({ code }) => code);
  const scenario = (text: string, more: { readonly [file: string]: string } = {}) =>
    tempFiles({ "counter.concept.yaml": COUNTER, "a.scenario.yaml": `name: a\nspecs: [.]\n${text}`, ...more });

  // Each starts several processes, on whatever machine.
  const row = (name: string, work: () => void) => test(name, work, 30_000);

  describe(`scenarios acceptance, ${target.name}`, () => {
    row("scenarios row 3: the example passes, in stable order", () => {
      const { ends, exit } = stream(cartWith(), "cart");
      expect(ends.map(({ id, status }) => [id, status])).toEqual([
        ["cart/checkout_insufficient_stock.scenario.yaml::checkout_insufficient_stock", "pass"],
        ["cart/checkout_success.scenario.yaml::checkout_success", "pass"],
        ["cart/stock_levels.scenario.yaml::stock_levels/plenty", "pass"],
        ["cart/stock_levels.scenario.yaml::stock_levels/exact", "pass"],
        ["cart/stock_levels.scenario.yaml::stock_levels/one_short", "pass"],
      ]);
      expect(exit).toBe(0);
      expect(plumb(cartWith(), "test", "cart").stdout).toContain("plumb test: 5 passed, 0 failed, 0 skipped (5 cases,");
    });

    row("scenarios row 9: two scenarios write the same table, neither sees the other's rows", () => {
      const text = (name: string) =>
        `name: ${name}\nspecs: [.]\nflow:\n  - {invoke: Counter.hit, args: {n: 1}}\n  - {invoke: Teller.tell}\nassertions: [{type: final_state, table: Count, rows: 1}]\n`;
      // With a handler all cases go to threads at once; these are more than one thread is given at a time.
      const names = Array.from({ length: 45 }, (_, number) => `s${number}`);
      const cwd = tempFiles({
        "counter.concept.yaml": COUNTER,
        "teller.concept.yaml": TELLER,
        "teller.ts": 'export const tell = () => ({ case: "Success" });\n',
        ...Object.fromEntries(names.map((name) => [`${name}.scenario.yaml`, text(name)])),
      });
      for (const parallel of ["1", "4"]) expect(stream(cwd, "--parallel", parallel).totals).toMatchObject({ pass: 45 });
    });

    row("scenarios row 18: an action without body: refused, stubbed, assumed", () => {
      const flow = "flow:\n  - {invoke: Counter.ask, args: {q: x}, expect: {case: Success, result: {a: y}}}\n";
      const refused = stream(scenario(flow));
      expect(refused.ends[0]).toMatchObject({ status: "fail", code: "E_ACTION_UNIMPLEMENTED", blame: "subject" });
      expect(messages(refused.ends[0])[0]).toStartWith("step 1: E_ACTION_UNIMPLEMENTED: Counter.ask has no body");

      const stubbed = stream(scenario(`stubs: {Counter.ask: [{case: Success, result: {a: y}}]}\n${flow}`));
      expect(stubbed.ends[0]).toMatchObject({ status: "pass" });
      expect(stubbed.totals.assumed).toBeUndefined();

      const assuming = scenario(`unimplemented: assume\n${flow}golden: true\n`);
      const assumed = stream(assuming, "--update");
      expect(assumed.ends[0]).toMatchObject({ status: "pass", assumed: 1 });
      expect(assumed.totals).toMatchObject({ pass: 1, assumed: 1 });
      expect(codes(assumed.records.filter(({ schema }) => schema === "diag.v1"))).toContain("W_SCN_NOTHING_EXECUTED");
      expect(readFileSync(join(assuming, "golden/a.golden.jsonl"), "utf8")).toContain('"assumed":true');
      const lines = plumb(assuming, "test").stdout.trimEnd().split("\n");
      expect(lines.at(-2)).toBe("plumb test: ASSUMED 1 completion in 1 case: no body ran for it");
      expect(lines.at(-1)).toStartWith("plumb test: 1 passed");
    });

    row("scenarios row 19: a stub for one time, then the body; a stub that nobody comes to", () => {
      const cwd = scenario(
        `stubs:
  Counter.hit: [{case: Success, result: {n: 7}, times: 1}]
  Counter.ask: [{args: {q: never}, case: Busy}]
flow:
  - {invoke: Counter.hit, args: {n: 1}, expect: {case: Success, result: {n: 7}}}
  - {invoke: Counter.hit, args: {n: 1}, expect: {case: Success, result: {n: 1}}}
assertions: [{type: final_state, table: Count, rows: [{n: 1}]}]
`,
      );
      const { records, ends, exit } = stream(cwd);
      expect(ends[0]).toMatchObject({ status: "pass" });
      expect(records.find(({ code }) => code === "W_STUB_UNUSED")).toMatchObject({
        level: "warn",
        file: "a.scenario.yaml",
        pos: { line: 5 },
      });
      expect(exit).toBe(0);
      expect(stream(cwd, "--strict")).toMatchObject({ exit: 1, ends: [{ code: "W_STUB_UNUSED" }] });
    });

    row("scenarios row 21: no rows, no firing; equal bindings fire once with a warning; two then items", () => {
      const spec = `concept: Shop
purpose: Three syncs on one trigger.
state:
  Line: {sku: string, kind: string}
actions:
  go: {outputs: [{case: Success, effects: ["INSERT INTO Line VALUES ('a', 'x'), ('a', 'x'), ('b', 'y')"]}]}
  one: {args: {sku: string}, outputs: [{case: Success, effects: []}]}
  two: {args: {sku: string}, outputs: [{case: Success, effects: []}]}
  never: {args: {sku: string}, outputs: [{case: Success, effects: []}]}
---
sync: none
when: {action: Shop.go, case: Success}
where: {from: Line, filter: "kind = 'z'", bind: {sku: sku}}
then: {action: Shop.never, args: {sku: bound.sku}}
---
sync: s
when: {action: Shop.go, case: Success}
where: {from: Line, filter: "kind = 'x'", bind: {sku: sku}}
then:
  - {action: Shop.one, args: {sku: bound.sku}}
  - {action: Shop.two, args: {sku: bound.sku}}
`;
      const text = `flow: [{invoke: Shop.go, expect: {case: Success}}]
assertions:
  - {type: trace_never, action: Shop.never}
  - {type: provenance, from: Shop.go, via: s, to: Shop.one, bindings: {sku: a}}
  - {type: provenance, from: Shop.go, via: s, to: Shop.two, bindings: {sku: a}}
  - {type: trace_count, action: Shop.one, count: 1}
  - {type: final_state, table: sync_firings, where: {sync_id: "s"}, rows: 1}
  - {type: final_state, table: sync_firings, where: {sync_id: "s#2"}, rows: 1}
`;
      const { ends, records } = stream(
        scenario(text, {
          "shop.concept.yaml": spec.split("---")[0] ?? "",
          "shop.sync.yaml": spec.split("---\n").slice(1).join("---\n"),
        }),
      );
      expect(messages(ends[0])).toEqual([]);
      expect(ends[0]).toMatchObject({ status: "pass" });
      expect(codes(records)).toContain("W_SYNC_ROWS_COLLAPSED");
    });

    const PING = `concept: Ping
purpose: Answers Pong.
actions:
  hit: {args: {n: int}, outputs: [{case: Success, fields: {n: int}, result: {n: ":n"}}]}
---
concept: Pong
purpose: Answers Ping.
actions:
  hit: {args: {n: int}, outputs: [{case: Success, fields: {n: int}, result: {n: ":n"}}]}
`;
    const SYNC = (name: string, from: string, to: string, value = "bound.n") =>
      `sync: ${name}\nwhen: {action: ${from}, case: Success, bind: {n: output.n}}\nthen: {action: ${to}, args: {n: ${value}}}\n`;

    row("scenarios row 23: a circle of causes fails the flow, with its chain", () => {
      const files = {
        "ping.concept.yaml": PING,
        "ping.sync.yaml": `${SYNC("ping-pong", "Ping.hit", "Pong.hit")}---\n${SYNC("pong-ping", "Pong.hit", "Ping.hit")}`,
      };
      const step = (expected: string) => `flow: [{invoke: Ping.hit, args: {n: 1}, expect: ${expected}}]\n`;
      const { ends } = stream(scenario(step("{case: Success}"), files));
      expect(ends[0]).toMatchObject({ status: "fail", code: "E_SYNC_CYCLE" });
      expect(messages(ends[0])).toEqual([
        `step 1: E_SYNC_CYCLE: sync "ping-pong" would fire again with {"n":1}, which is among the causes of [6]
  [2] Ping.hit -> ping-pong {"n":1} -> [3] Pong.hit
  [4] Pong.hit -> pong-ping {"n":1} -> [5] Ping.hit
  [6] Ping.hit -> ping-pong {"n":1}    refused`,
      ]);
      const expected = `${step("{error: E_SYNC_CYCLE}")}assertions:
  - {type: final_state, table: flows, expect: {status: failed}}
  - {type: final_state, table: invocations, rows: 3}
  - {type: final_state, table: completions, rows: 3}
`;
      expect(stream(scenario(expected, files)).ends[0]).toMatchObject({ status: "pass" });
    });

    row("scenarios row 24: the quota, expected too; equal bindings elsewhere are no cycle", () => {
      const count = `concept: Up
purpose: Counts upwards.
actions:
  step: {args: {n: int}, outputs: [{case: Success, fields: {n: int}, result: {n: ":n + 1"}}]}
`;
      const files = { "up.concept.yaml": count, "up.sync.yaml": SYNC("up", "Up.step", "Up.step") };
      const flow = (expected: string) =>
        `max_steps: 3\nflow_token: f1\nflow: [{invoke: Up.step, args: {n: 0}, expect: ${expected}}]\nassertions: [{type: trace_count, action: Up.step, count: 3}]\n`;
      const failed = stream(scenario(flow("{case: Success}"), files));
      expect(messages(failed.ends[0])).toEqual(['step 1: E_QUOTA_EXCEEDED: flow "f1" reached its limit of 3 steps']);
      expect(failed.ends[0]).toMatchObject({ code: "E_QUOTA_EXCEEDED", blame: "subject" });
      expect(stream(scenario(flow("{error: E_QUOTA_EXCEEDED}"), files)).ends[0]).toMatchObject({ status: "pass" });

      const cwd = cartWith();
      const twice = "  - {invoke: Cart.addItem, args: {item_id: widget, quantity: 3}, expect: {case: Success}}\n";
      writeFiles(cwd, {
        "cart/note.concept.yaml":
          "concept: Note\npurpose: Notes.\nactions:\n  down: {args: {item: string}, outputs: [{case: Success, effects: []}]}\n",
        "cart/note.sync.yaml":
          "sync: note\nwhen: {action: Cart.addItem, match: {args.item_id: ?item}}\nthen: {action: Note.down, args: {item: bound.item}}\n",
        "cart/twice.scenario.yaml": `name: twice\nspecs: [.]\nflow:\n${twice}${twice}assertions: [{type: trace_count, action: Note.down, count: 2}]\n`,
      });
      expect(stream(cwd, "cart/twice.scenario.yaml").ends[0]).toMatchObject({ status: "pass" });
    });

    row("scenarios row 25: a failing trace_contains prints the text of section 8, with the whole trace", () => {
      const cwd = cartWith({
        [SUCCESS]: [["args: {item_id: widget, quantity: 3}, cause", "args: {item_id: widget, quantity: 4}, cause"]],
      });
      const { ends, exit } = stream(cwd, SUCCESS);
      expect(messages(ends[0])).toEqual([
        `assertion 2 (trace_contains) failed
  expected: Inventory.reserve with args {"item_id":"widget","quantity":4}, caused by reserve-on-checkout
  actual: no match; closest is [7]: args.quantity expected 4, got 3
trace:
  [1] Inventory.setStock {"item_id":"widget","quantity":10}
  [2]   [1] = Success {}
  [3] Cart.addItem {"item_id":"widget","quantity":3}
  [4]   [3] = Success {"item_id":"widget","new_quantity":3}
  [5] Cart.checkout {}
  [6]   [5] = Success {"order_id":"order-5","total_items":3}
  [7] Inventory.reserve {"item_id":"widget","quantity":3} <- [6] reserve-on-checkout {"item_id":"widget","order_id":"order-5","quantity":3}
  [8]   [7] = Success {"reservation_id":"res-7"}`,
      ]);
      expect(ends[0]).toMatchObject({
        code: "E_ASSERTION_FAILED",
        error: "assertion 2 (trace_contains) failed: no match; closest is [7]: args.quantity expected 4, got 3",
        diagnostics: [{ file: SUCCESS, pos: { line: 23, column: 5 } }],
      });
      expect(exit).toBe(1);
      const shown = plumb(cwd, "test", SUCCESS).stdout;
      for (const line of messages(ends[0])[0]?.split("\n") ?? []) expect(shown).toContain(line);
    });

    row("scenarios row 27: an unknown assertion type, a surplus key, a missing one", () => {
      const hit = "flow: [{invoke: Counter.hit, args: {n: 1}}]\n";
      const findings = (assertion: string) => {
        const { records, exit } = stream(scenario(`${hit}assertions: [${assertion}]\n`));
        expect(exit).toBe(2);
        return records.filter(({ schema }) => schema === "diag.v1");
      };
      expect(findings("{type: trace_contain, action: Counter.hit}")[0]).toMatchObject({
        code: "E_ASSERTION_TYPE",
        data: { help: "trace_contains" },
      });
      expect(codes(findings("{type: trace_contains, action: Counter.hit, count: 1}"))).toEqual(["E_KEY_UNKNOWN"]);
      expect(codes(findings("{type: trace_count, action: Counter.hit}"))).toEqual(["E_KEY_MISSING"]);
    });

    row("scenarios row 28: golden files differ, --update leaves a failing case alone and CI refuses it", () => {
      const cwd = cartWith({ [SUCCESS]: [["quantity: 10", "quantity: 11"]] });
      const golden = join(cwd, "cart/golden/checkout_success.golden.jsonl");
      const before = readFileSync(golden, "utf8");
      for (const args of [[], ["--update"]]) {
        const { ends, exit } = stream(cwd, SUCCESS, ...args);
        expect(codes(ends[0]?.diagnostics)).toEqual(["E_ASSERTION_FAILED", "E_GOLDEN_MISMATCH"]);
        const [assertion = "", mismatch = ""] = messages(ends[0]);
        expect(assertion).toStartWith("assertion 7 (final_state) failed");
        expect(mismatch).toStartWith(
          "golden/checkout_success.golden.jsonl:2: first difference (- expected, + actual)\n",
        );
        expect(mismatch).toContain("\n$.args.quantity: expected 10, got 11\n");
        expect(exit).toBe(1);
        expect(readFileSync(golden, "utf8")).toBe(before);
      }
      expect(runPlumb(target, ["test", SUCCESS, "--update"], { cwd, env: { CI: "true" } }).exit).toBe(2);
    });

    row("--strict --update writes no golden file of a case that warnings fail", () => {
      const stub = "stubs: {Counter.ask: [{case: Busy}]}\n";
      const hit = "flow: [{invoke: Counter.hit, args: {n: 1}, expect: {case: Success}}]\n";
      const cwd = scenario(`golden: true\n${stub}${hit}`);
      const refused = stream(cwd, "--strict", "--update");
      expect(refused).toMatchObject({ exit: 1, ends: [{ status: "fail", code: "E_GOLDEN_MISSING" }] });
      expect(existsSync(join(cwd, "golden"))).toBe(false);
      expect(stream(cwd, "--update")).toMatchObject({ exit: 0, ends: [{ status: "pass" }] });
      const warned = stream(cwd, "--strict", "--update");
      expect(warned).toMatchObject({ exit: 1, ends: [{ status: "fail", code: "W_STUB_UNUSED" }] });
    });

    row("warnings of specs stand right before run_end, each once; with --strict they are errors", () => {
      const sync =
        "sync: s\nwhen: {action: Counter.hit, bind: {n: output.n}}\nthen: {action: Counter.ask, args: {q: x}}\n";
      const text =
        "stubs: {Counter.ask: [{case: Busy}]}\nflow: [{invoke: Counter.hit, args: {n: 1}, expect: {case: Success}}]\n";
      const cwd = scenario(text, { "s.sync.yaml": sync, "b.scenario.yaml": `name: b\nspecs: [.]\n${text}` });
      const { records, totals, exit } = stream(cwd);
      expect([totals.pass, exit]).toEqual([2, 0]);
      // That Counter.ask has no body is no news here: the stub answered.
      expect(records.slice(-4)).toMatchObject([
        { type: "test_end" },
        { schema: "diag.v1", level: "warn", code: "W_SYNC_UNUSED_BINDING", file: "s.sync.yaml" },
        { schema: "diag.v1", level: "warn", code: "W_SYNC_UNHANDLED_CASE", file: "s.sync.yaml" },
        { type: "run_end" },
      ]);
      expect(stream(cwd, "--strict")).toMatchObject({ totals: { pass: 2 }, exit: 1 });
      const { stdout, stderr } = plumb(cwd, "test");
      expect(stdout + stderr).toContain("W_SYNC_UNUSED_BINDING");
    });

    row("scenarios row 29: an orphan is told; --update restores a deleted file, and leaves an equal one alone", () => {
      const cwd = cartWith();
      const golden = join(cwd, "cart/golden/checkout_success.golden.jsonl");
      const bytes = readFileSync(golden, "utf8");
      writeFiles(cwd, { "cart/golden/old.golden.jsonl": "" });
      const orphaned = stream(cwd, "cart", "--run", "plenty");
      expect(orphaned.records.at(-2)).toMatchObject({
        code: "W_GOLDEN_ORPHAN",
        level: "warn",
        file: "cart/golden/old.golden.jsonl",
      });
      expect(orphaned.exit).toBe(0);

      rmSync(golden);
      const missing = stream(cwd, SUCCESS);
      expect(missing).toMatchObject({ exit: 1, ends: [{ code: "E_GOLDEN_MISSING" }] });
      expect(messages(missing.ends[0])[0]).toContain("--update");
      const written = stream(cwd, SUCCESS, "--update");
      expect(written).toMatchObject({ exit: 0, ends: [{ status: "pass" }] });
      expect(codes(written.records)).toContain("GOLDEN_WRITTEN");
      expect(readFileSync(golden, "utf8")).toBe(bytes);

      utimesSync(golden, 1, 1);
      expect(codes(stream(cwd, SUCCESS, "--update").records)).not.toContain("GOLDEN_WRITTEN");
      expect(statSync(golden).mtimeMs).toBe(1000);
    });

    row("scenarios row 39: a recorded log says which completions were stubbed and which assumed", () => {
      const cwd = scenario(`unimplemented: assume
stubs: {Counter.hit: [{case: Success, result: {n: 2}}]}
flow:
  - {invoke: Counter.hit, args: {n: 1}, expect: {case: Success}}
  - {invoke: Counter.ask, args: {q: x}, expect: {case: Busy}}
`);
      expect(stream(cwd, "--record", "logs")).toMatchObject({ exit: 0 });
      expect(readdirSync(join(cwd, "logs"))).toEqual(["a.scenario.yaml__a.db"]);
      const db = join("logs", "a.scenario.yaml__a.db");
      const log = new Database(join(cwd, db), { readonly: true });
      expect(log.query("SELECT output_case, assumed FROM completions ORDER BY seq").values()).toEqual([
        ["Success", 2],
        ["Busy", 1],
      ]);
      expect(log.query("SELECT DISTINCT engine_version FROM invocations").values()).toEqual([["test"]]);
      log.close();
      expect(plumb(cwd, "trace", "--db", db).stdout).toBe(`flow test-flow-default: open, 4 events
[1] Counter.hit {"n":1}
[2]   [1] = Success {"n":2}
[3] Counter.ask {"q":"x"}
[4]   [3] = Busy {} (assumed)
`);
      const replayed = plumb(cwd, "replay", "--db", db, "--specs", "counter.concept.yaml");
      expect(replayed.stdout).toContain("IDENTICAL (2 taken from the log)");
      expect(replayed.exit).toBe(0);
    });

    row("scenarios row 40: fields inside a named field, and those that are not named", () => {
      const spec = `concept: Line
purpose: Gives lines.
actions:
  list: {outputs: [{case: Success, fields: {lines: array, total: int}, result: {lines: "'[{\\"note\\":\\"x\\",\\"sku\\":\\"a\\"}]'", total: "1"}}]}
`;
      const errors = (result: string, exact = "") => {
        const step = `flow: [{invoke: Line.list, expect: {case: Success, result: {${result}}${exact}}}]\n`;
        return messages(stream(scenario(step, { "line.concept.yaml": spec })).ends[0]);
      };
      expect(errors("lines: [{sku: a}]")).toEqual(['step 1: unexpected result field "lines[0].note"']);
      expect(errors("lines: [{sku: a}]", ", exact: false")).toEqual([]);
      expect(errors("lines: [{sku: a, note: x}]")).toEqual([]);
      expect(errors("lines: [{sku: a, note: x}]", ", exact: true")).toEqual([
        'step 1: unexpected result field "total"',
      ]);
    });

    const HANDLERS = (module: string) => ({
      "h.concept.yaml": `concept: H
purpose: Has handlers.
state:
  Row: {n: int}
actions:
  go: {outputs: [{case: Success}]}
handlers: h.ts
`,
      "h.ts": module,
    });
    const GO = "name: go\nspecs: [h.concept.yaml]\nflow: [{invoke: H.go, expect: {case: Success}}]\n";

    row("scenarios row 41: handlers beyond their time, and one that holds its thread", () => {
      const loop =
        "export const go = () => { const end = performance.now() + 300; while (performance.now() < end); return { case: 'Success' }; };\n";
      const promise = `export const go = async (_args, ctx) => {
  await new Promise((done) => setTimeout(done, 300));
  ctx.db.run("INSERT INTO Row (n) VALUES (1)");
  return { case: "Success" };
};
`;
      const late = GO.replace("{case: Success}", "{error: E_ACTION_TIMEOUT}");
      for (const module of [loop, promise]) {
        const text = `${late}assertions: [{type: final_state, table: Row, absent: true}]\n`;
        const cwd = tempFiles({ ...HANDLERS(module), "go.scenario.yaml": text });
        expect(stream(cwd, "--timeout", "100")).toMatchObject({ exit: 0 });
      }
      const hung = tempFiles({
        ...HANDLERS("export const go = () => { while (true); };\n"),
        "counter.concept.yaml": COUNTER,
        "go.scenario.yaml": GO,
        "z.scenario.yaml":
          "name: z\nspecs: [counter.concept.yaml]\nflow: [{invoke: Counter.hit, args: {n: 1}, expect: {case: Success}}]\n",
      });
      const { ends, exit } = stream(hung, "--watchdog", "500");
      expect(ends).toMatchObject([{ status: "fail", code: "E_WORKER_HANG", blame: "subject" }, { status: "pass" }]);
      expect(exit).toBe(1);
    });

    row("scenarios row 43: what a handler module may import and touch", () => {
      const importing = HANDLERS(
        'import { readdirSync } from "node:fs";\nexport const go = () => { readdirSync("."); return { case: "Success" }; };\n',
      );
      const reading = HANDLERS("export const go = () => { process.env.HOME; return { case: 'Success' }; };\n");
      const refused = stream(tempFiles({ ...importing, "go.scenario.yaml": GO }));
      expect(refused.records[1]).toMatchObject({ code: "E_SPEC_HANDLER_IO" });
      expect(refused.exit).toBe(2);
      const failed = stream(tempFiles({ ...reading, "go.scenario.yaml": GO }));
      expect(failed.ends[0]).toMatchObject({ code: "E_ACTION_FAILED" });
      expect(messages(failed.ends[0])[0]).toContain("E_SPEC_HANDLER_IO");
      for (const files of [importing, reading]) {
        expect(stream(tempFiles({ ...files, "go.scenario.yaml": GO }), "--allow", "fs")).toMatchObject({ exit: 0 });
      }
    });

    row("scenarios row 45: the principles of a concept", () => {
      const held = stream(cartWith(), "cart/cart.concept.yaml");
      expect(held.totals).toMatchObject({ pass: 2, principles: { held: 2, broken: 0, untested: 0 } });
      expect(held.exit).toBe(0);

      const broken = cartWith({ [SUCCESS]: [["new_quantity: 3", "new_quantity: 5"]] });
      const { ends, totals, exit } = stream(broken, "cart/cart.concept.yaml");
      expect(totals.principles).toEqual({ held: 1, broken: 1, untested: 0 });
      const text = "Ordering what the shelf can cover leaves the cart empty and the goods reserved.";
      expect(ends[1]).toMatchObject({ status: "fail", principle: { concept: "Cart", text } });
      expect(exit).toBe(1);
      const lines = plumb(broken, "test", "cart/cart.concept.yaml").stdout.split("\n");
      const sentence = lines.findIndex(
        (line) => line.trim() === `operational principle "${text}" of Cart does not hold`,
      );
      expect(lines[sentence + 1]).toContain("error[E_EXPECT_MISMATCH]");

      const all = stream(cartWith(), "cart", "cart/cart.concept.yaml");
      expect(new Set(all.ends.map(({ id }) => id)).size).toBe(5);
      expect(all.ends.length).toBe(5);
      expect(stream(cartWith(), "cart/cart.concept.yaml", "--run", "success").totals.principles).toEqual({
        held: 1,
        broken: 0,
        untested: 1,
      });
    });

    row("scenarios row 46: a file with a load error runs nothing, the others run", () => {
      const { records, ends, exit } = stream(cartWith({ [SUCCESS]: [["description:", "descripton:"]] }), "cart");
      expect(records[0]).toMatchObject({ type: "run_start", cases: 4 });
      expect(records[1]).toMatchObject({
        code: "E_KEY_UNKNOWN",
        file: SUCCESS,
        pos: { line: 4, column: 1 },
        data: { help: "description" },
      });
      expect(ends.map(({ status }) => status)).toEqual(["pass", "pass", "pass", "pass"]);
      expect(exit).toBe(2);
    });

    row("scenarios row 47: recorded logs are equal in every row, wherever the specs lie", () => {
      const cwd = cartWith();
      cpSync(join(cwd, "cart"), join(cwd, "elsewhere/deep"), { recursive: true });
      for (const [path, dir] of [
        ["cart", "d1"],
        ["cart", "d2"],
        ["elsewhere/deep", "d3"],
      ] as const) {
        expect(stream(cwd, path, "--record", dir)).toMatchObject({ exit: 0 });
      }
      const tables = ["invocations", "completions", "sync_firings", "provenance_edges", "flows"];
      const rows = (dir: string, file: string) => {
        const db = new Database(join(cwd, dir, file), { readonly: true });
        const all = tables.map((table) => db.query(`SELECT * FROM ${table} ORDER BY 1`).values());
        db.close();
        return all;
      };
      const names = readdirSync(join(cwd, "d1"));
      expect(names.length).toBe(5);
      expect(readdirSync(join(cwd, "d2"))).toEqual(names);
      for (const name of names) {
        const first = rows("d1", name);
        expect(first[0]?.length).toBeGreaterThan(0);
        expect(rows("d2", name)).toEqual(first);
        expect(rows("d3", name.replace("cart_", "elsewhere_deep_"))).toEqual(first);
      }
    });

    row("scenarios row 48: -v tells every step and firing on stderr, nothing without it", () => {
      const cwd = cartWith();
      expect(plumb(cwd, "test", "cart").stderr).toBe("");
      const { stderr, stdout } = plumb(cwd, "test", SUCCESS, "-v");
      expect(
        stderr,
      ).toBe(`setup step completed step=1 action=Inventory.setStock invocation_id=27473fd74d2e4d9f315f1e79dd2998c2cf66e3a9527f77ed9f161d471346a857 completion_id=6ba5169408e6200b0e22b89527ad35bc6cc8e037f3bb19aaf13451bef3a8ee5c output_case=Success
flow step completed step=1 action=Cart.addItem invocation_id=b465f4ee04f535fcdf67d9b405a701b372a3ec02ddfed38b6fa8e6d4aed202bc completion_id=17673ae8de29dd64f778a0badb087af2cf59b03abc44c4497559d10e6b77a173 output_case=Success
sync fired sync=reserve-on-checkout completion_id=6265d0153bc7fcd5a01cab352953094371bd9d13704065804793ea519078690d invocation_id=837f99b0e261bb6a5b6ebec0e57ca306490e022e684eaec57ac8822f7a57d9e0
flow step completed step=2 action=Cart.checkout invocation_id=919d5af4bf71f38733a45ba00ad8eacf4ee529abfaef0241bcbb1321d3c86c1a completion_id=6265d0153bc7fcd5a01cab352953094371bd9d13704065804793ea519078690d output_case=Success
`);
      expect(stdout).not.toContain("step completed");
      expect(plumb(cwd, "test", "cart", "-v").stderr.split("\n").length).toBe(23);
    });
  });
}
