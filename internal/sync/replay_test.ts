import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openReader, openTemplate, type Store } from "../store/mod.ts";
import { tempDir } from "../testkit/mod.ts";
import { renderDifference } from "../trace/mod.ts";
import { Engine } from "./engine.ts";
import { NO_HANDLERS } from "./no_handlers.ts";
import type { Program } from "./program.ts";
import { type ReplayOptions, type ReplayResult, replay } from "./replay.ts";
import { CART, loadProgram, programOf, SampleEngine } from "./sample_engine.ts";

const cart = await loadProgram(CART);
const folder = tempDir();
let files = 0;

type Step = readonly [action: string, args: object, flow?: string];
const SHORTAGE: readonly Step[] = [
  ["Inventory.setStock", { item_id: "widget", quantity: 2 }],
  ["Cart.addItem", { item_id: "widget", quantity: 5 }],
  ["Cart.checkout", {}],
];

/** A log of some roots, as a file. */
function logOf(program: Program, steps: readonly Step[], maxSteps = 1000): string {
  const sample = new SampleEngine(program, { maxSteps });
  for (const [action, args, flow] of steps) sample.invoke(action, args, flow);
  return saved(sample.store);
}

function saved(store: Store): string {
  const path = join(folder, `log${files++}.db`);
  writeFileSync(path, store.serialize());
  store.close();
  return path;
}

function replayed(path: string, program: Program, options: Partial<ReplayOptions> = {}): ReplayResult {
  const log = openReader(path);
  try {
    return replay(log, program, { handlers: NO_HANDLERS, ...options });
  } finally {
    log.close();
  }
}

const same = { pending: 0, taken: 0, isSpecChanged: false, divergence: undefined };

describe("replay", () => {
  test("of a log by the specs that it was written under is identical", () => {
    expect(replayed(logOf(cart, SHORTAGE), cart)).toEqual({ ...same, events: 10, flows: 1 });
  });

  test("scenarios row 34: a changed spec diverges at the event that it changes", async () => {
    const path = logOf(cart, [["Inventory.setStock", { item_id: "widget", quantity: 10 }], ...SHORTAGE.slice(1)]);
    const changed = tempDir();
    cpSync(CART, changed, { recursive: true });
    const spec = join(changed, "inventory.concept.yaml");
    writeFileSync(spec, readFileSync(spec, "utf8").replaceAll("'res-'", "'rsv-'"));
    const { divergence, ...rest } = replayed(path, await loadProgram(changed));
    expect(rest).toEqual({ pending: 0, taken: 0, isSpecChanged: true, events: 8, flows: 1 });
    expect(divergence).toMatchObject({ flowToken: "f", index: 8, expected: { seq: 8 }, actual: { seq: 8 } });
    expect(divergence && renderDifference("DIVERGED", divergence.difference)).toContain(
      '$.result.reservation_id: expected "res-7", got "rsv-7"',
    );
  });

  test("a log that somebody edited diverges, though its ids are what they were", () => {
    const edits = [
      ['UPDATE completions SET result = \'{"item_id":"widget","new_quantity":6}\' WHERE seq = 4', 4],
      ["UPDATE completions SET output_case = 'EmptyCart' WHERE seq = 6", 6],
      ['UPDATE invocations SET args = \'{"item_id":"gadget","quantity":5}\' WHERE seq = 7', 7],
      ["UPDATE sync_firings SET sync_id = 'other' WHERE seq = 9", 9],
      ['UPDATE flows SET status = \'failed\', error = \'{"code":"E_NO_OUTPUT","message":""}\'', 11],
    ] as const;
    for (const [sql, index] of edits) {
      const path = logOf(cart, SHORTAGE);
      const db = new Database(path);
      db.run(sql);
      db.close();
      expect(replayed(path, cart).divergence).toMatchObject({ flowToken: "f", index });
    }
    const path = logOf(cart, SHORTAGE);
    const db = new Database(path);
    // The same value in other words is no divergence; neither is what the exclusions name.
    db.run(
      'UPDATE invocations SET args = \'{ "quantity": 5, "item_id": "widget" }\', at_ms = 5, ir_version = \'9\' WHERE seq = 3',
    );
    db.close();
    expect(replayed(path, cart)).toEqual({ ...same, events: 10, flows: 1 });
  });

  test("limits the comparison to a flow, not the execution", () => {
    const steps: readonly Step[] = [
      ["Inventory.setStock", { item_id: "widget", quantity: 2 }, "a"],
      ["Cart.addItem", { item_id: "widget", quantity: 2 }, "b"],
      ["Cart.checkout", {}, "b"],
    ];
    expect(replayed(logOf(cart, steps), cart, { flow: "b" })).toEqual({ ...same, events: 6, flows: 1 });
  });

  test("scenarios row 44: a root beyond the quota stands if the flow is full", () => {
    const add: Step = ["Cart.addItem", { item_id: "widget", quantity: 1 }];
    const path = logOf(cart, [add, add, add], 2);
    expect(replayed(path, cart, { maxSteps: 2 })).toEqual({ ...same, events: 4, flows: 1 });
    const { divergence } = replayed(path, cart, { maxSteps: 3 });
    expect(divergence).toMatchObject({ index: 5, status: { expected: "E_QUOTA_EXCEEDED", actual: "open" } });
  });

  test("executes again what failed, and takes from the log what no body answered", async () => {
    const program = await programOf(`
concept: A
purpose: p
state: {T: {key: n, fields: {n: int}}}
actions:
  put: {args: {n: int}, outputs: [{case: Success, effects: ["INSERT INTO T VALUES (:n)"]}]}
  ask: {args: {n: int}, outputs: [{case: Yes, fields: {m: int}}]}
---
sync: s
when: {action: A.put, bind: {n: args.n}}
then: {action: A.ask, args: {n: bound.n}}
---
sync: t
when: {action: A.ask, case: Yes, bind: {m: output.m}}
then: {action: A.put, args: {n: bound.m}}
`);
    const store = openTemplate(program.template(), { specHash: program.specHash });
    const engine = new Engine({
      store,
      program,
      handlers: NO_HANDLERS,
      answer: ({ action_uri, args }) =>
        action_uri === "A.ask"
          ? { case: "Yes", result: { m: Number(args.n) + 1 }, assumed: args.n === 1 ? 1 : 2 }
          : undefined,
      maxSteps: 5,
    });
    expect(engine.invoke({ action: "A.put", args: { n: 1 }, flowToken: "f" }).kind).toBe("failed");
    expect(engine.invoke({ action: "A.ask", args: { n: 0 }, flowToken: "g" })).toMatchObject({
      error: { code: "E_ACTION_FAILED" },
    });
    expect(replayed(saved(store), program, { maxSteps: 5 })).toEqual({ ...same, events: 13, flows: 2, taken: 3 });
  });

  test("what a crash left is neither executed nor a divergence", () => {
    const sample = new SampleEngine(cart);
    for (const [action, args] of SHORTAGE.slice(0, 2)) sample.invoke(action, args);
    sample.engine.enqueue({ action: "Cart.checkout", args: {}, flowToken: "f" });
    expect(replayed(saved(sample.store), cart)).toEqual({ ...same, events: 5, flows: 1, pending: 1 });
  });
});
