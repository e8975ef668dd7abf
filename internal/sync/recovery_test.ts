import { describe, expect, test } from "bun:test";
import { Engine } from "./engine.ts";
import { NO_HANDLERS } from "./no_handlers.ts";
import { CART, loadProgram, openCopy, programOf, SampleEngine } from "./sample_engine.ts";

const cart = await loadProgram(CART);

class Killed extends Error {}

/** The bytes that a kill at a commit leaves of the breadth-first case of §12; undefined: there is no such commit. */
function killedAt(commit: number, when: "before" | "after"): Uint8Array | undefined {
  const setUp = new SampleEngine(cart);
  setUp.invoke("Inventory.setStock", { item_id: "widget", quantity: 10 });
  setUp.invoke("Inventory.setStock", { item_id: "gadget", quantity: 1 });
  setUp.invoke("Cart.addItem", { item_id: "widget", quantity: 3 });
  setUp.invoke("Cart.addItem", { item_id: "gadget", quantity: 2 });
  const kill = (): never => {
    throw new Killed();
  };
  const store = openCopy(setUp.store.serialize(), { crashAt: { commit, when }, kill });
  const engine = new Engine({ store, program: cart, handlers: NO_HANDLERS });
  try {
    engine.invoke({ action: "Cart.checkout", args: {}, flowToken: "f" });
    return undefined;
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    if (store.db.inTransaction) store.db.run("ROLLBACK");
    return store.db.serialize();
  }
}

/** All log and state tables as they are. */
function contents(sample: SampleEngine): unknown {
  const tables = [
    "invocations",
    "completions",
    "sync_firings",
    "provenance_edges",
    "flows",
    ...cart.tables.map(({ name }) => name),
  ];
  return Object.fromEntries(tables.map((table) => [table, sample.rows(table)]));
}

describe("recovery", () => {
  test("scenarios row 31: after a kill at any commit, the loop goes on to the same rows of every table", () => {
    const whole = new SampleEngine(cart, { store: openCopy(killedAt(9, "after") ?? new Uint8Array()) });
    expect(whole.engine.recover()).toEqual({ completions: 0, invocations: 0, failedFlows: [] });
    expect(whole.trace()).toHaveLength(16);
    expect(killedAt(10, "before")).toBeUndefined();
    for (const when of ["before", "after"] as const) {
      for (let commit = 1; commit <= 9; commit++) {
        const bytes = killedAt(commit, when);
        expect(bytes).toBeDefined();
        const again = new SampleEngine(cart, { store: openCopy(bytes ?? new Uint8Array()) });
        const left = again.trace().length;
        const { completions, invocations } = again.engine.recover();
        if (commit === 1 && when === "before") {
          expect([left, completions, invocations]).toEqual([8, 0, 0]);
          expect(again.say("Cart.checkout")).toStartWith("Success");
        } else expect(left + completions + invocations).toBe(16);
        expect(contents(again)).toEqual(contents(whole));
      }
    }
  });

  test("is done before the next root, and does not answer for it", () => {
    const again = new SampleEngine(cart, { store: openCopy(killedAt(3, "after") ?? new Uint8Array()) });
    expect(again.say("Inventory.setStock", { item_id: "bolt", quantity: 1 }, "g")).toBe("Success {}");
    expect(again.trace()).toHaveLength(16);
    expect(again.trace("g")).toEqual([
      '[17] Inventory.setStock {"item_id":"bolt","quantity":1}',
      "[18]   [17] = Success {}",
    ]);
  });

  test("a flow that fails is a warning and stops nothing else", async () => {
    const program = await programOf(`
concept: A
purpose: p
actions:
  no: {outputs: [{case: Success, when: "0"}]}
  yes: {outputs: [{case: Success, effects: []}]}
`);
    const first = new SampleEngine(program);
    for (const [action, flowToken] of [
      ["A.yes", "a"],
      ["A.no", "b"],
      ["A.yes", "c"],
    ] as const) {
      first.engine.enqueue({ action, args: {}, flowToken });
    }
    const again = new SampleEngine(program, { store: openCopy(first.store.serialize()) });
    const error = { code: "E_NO_OUTPUT", message: "A.no: the when of no output is true" };
    expect(again.engine.recover()).toEqual({
      completions: 2,
      invocations: 0,
      failedFlows: [{ flowToken: "b", error }],
    });
    expect(again.warnings).toEqual([
      'W_RECOVERY_FLOW_FAILED: flow "b" failed during recovery: E_NO_OUTPUT: A.no: the when of no output is true',
    ]);
    expect(["a", "b", "c"].map((flow) => again.status(flow))).toEqual(["open", "failed: E_NO_OUTPUT", "open"]);
  });

  test("firings that are in the log already are not written again", async () => {
    const half = new SampleEngine(cart, { store: openCopy(killedAt(3, "after") ?? new Uint8Array()) });
    // As somebody would leave it who wrote the firings of a completion and did not say so.
    half.store.db.run("UPDATE completions SET evaluated = 0 WHERE seq = 10");
    const again = new SampleEngine(cart, { store: openCopy(half.store.serialize()) });
    again.engine.recover();
    expect(again.rows("sync_firings")).toHaveLength(3);
    expect(again.trace()).toHaveLength(16);
  });

  test("of what other specs left fails its flow, and does not stop", async () => {
    const first = new SampleEngine(cart);
    first.engine.enqueue({ action: "Cart.addItem", args: { item_id: "a", quantity: 1 }, flowToken: "a" });
    first.engine.enqueue({ action: "Inventory.setStock", args: { item_id: "a", quantity: 1 }, flowToken: "b" });
    const other = await programOf(`
concept: Cart
purpose: p
actions: {addItem: {args: {sku: string}, outputs: [{case: Success, fields: {sku: string}, result: {sku: ":sku"}}]}}
`);
    const again = new SampleEngine(other, { store: openCopy(first.store.serialize()) });
    expect(again.engine.recover().failedFlows.map(({ error }) => `${error.code}: ${error.message}`)).toEqual([
      "E_ACTION_FAILED: Cart.addItem failed: its invocation has no arg sku",
      "E_ACTION_UNIMPLEMENTED: no loaded concept has the action Inventory.setStock",
    ]);
  });
});
