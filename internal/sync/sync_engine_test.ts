import { describe, expect, test } from "bun:test";
import { loadSpecs } from "../concept/mod.ts";
import { openStore } from "../store/mod.ts";
import { invocationId } from "../value/mod.ts";
import { DeterministicClock, FixedFlowGenerator } from "../world/mod.ts";
import { CART } from "./sample_engine.ts";
import { SyncEngine } from "./sync_engine.ts";

const { concepts, syncs } = await loadSpecs([CART], {
  baseDir: CART,
  nameOf: (path) => path,
  modules: { exports: () => [] },
});
const TOKEN = "test-flow-00000000-0000-0000-0000-000000000001";

function engineOn(clock = new DeterministicClock()): SyncEngine {
  return new SyncEngine(openStore(":memory:"), concepts, syncs, { clock, flow: new FixedFlowGenerator(TOKEN) });
}

describe("the engine of contributors' tests (scenarios.md §9)", () => {
  test("scenarios row 4: gives the ids of the worked run", async () => {
    const engine = engineOn();
    const id = engine.enqueue({ action_uri: "Cart.addItem", args: { item_id: "widget", quantity: 3 } });
    expect(id).toBe("82ceceb046e003fe007e13d91633bca4e905fbc715b62624ce12973f5b67af35");
    expect(await engine.waitForCompletion(id)).toEqual({
      action_uri: "Cart.addItem",
      id: "65f4375e31078eea2edf1647ee72c1622c674a2b9a9493f72b277334d90cee33",
      invocation: id,
      output_case: "Success",
      result: { item_id: "widget", new_quantity: 3 },
      seq: 2,
      type: "completion",
    });
  });

  test("scenarios row 6: runs to quiescence, one root after another", async () => {
    const engine = engineOn();
    const stock = engine.enqueue({
      action_uri: "Inventory.setStock",
      args: { item_id: "widget", quantity: 10 },
      flow_token: "g",
    });
    await engine.waitForCompletion(stock);
    const reserve = engine.enqueue({ action_uri: "Inventory.reserve", args: { item_id: "widget", quantity: 3 } });
    expect(await engine.waitForCompletion(reserve)).toMatchObject({ seq: 4, result: { reservation_id: "res-3" } });
  });

  test("takes an invocation that was made with the clock and an id of its own", async () => {
    const clock = new DeterministicClock();
    const engine = engineOn(clock);
    const args = { item_id: "widget", quantity: 3 };
    const seq = clock.next();
    const id = invocationId("g", "Cart.addItem", args, seq);
    engine.enqueue({ id, flow_token: "g", action_uri: "Cart.addItem", args, seq });
    expect(await engine.waitForCompletion(id)).toMatchObject({ invocation: id, seq: 2 });
    expect(() => engine.enqueue({ id, flow_token: "g", action_uri: "Cart.addItem", args })).toThrow(
      /has the id .*, not 8?/,
    );
  });

  test("rejects on a flow failure, refuses what may not be recorded", async () => {
    const engine = engineOn();
    expect(() => engine.enqueue({ action_uri: "Cart.addItem", args: {} })).toThrow(
      expect.objectContaining({ code: "E_ARG_MISSING", findings: expect.objectContaining({ length: 2 }) }),
    );
    const add = (quantity: number | bigint): string =>
      engine.enqueue({ action_uri: "Cart.addItem", args: { item_id: "widget", quantity } });
    add(2n ** 63n - 1n);
    const last = add(1);
    await expect(engine.waitForCompletion(last)).rejects.toMatchObject({ code: "E_ACTION_FAILED" });
    expect(() => add(1)).toThrow(expect.objectContaining({ code: "E_FLOW_CLOSED" }));
    await expect(engine.waitForCompletion("nothing")).rejects.toThrow("there is no invocation nothing");
  });
});
