import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openTemplate } from "../store/mod.ts";
import { goldenText } from "../trace/mod.ts";
import { CART, loadProgram, SampleEngine } from "./sample_engine.ts";

const cart = await loadProgram(CART);

/** Runs the steps of a cart scenario and gives its golden text. */
function golden(scenario: string, flow_token: string, quantities: { stock: number; wanted: number }): string {
  const sample = new SampleEngine(cart);
  sample.invoke("Inventory.setStock", { item_id: "widget", quantity: quantities.stock }, flow_token);
  sample.invoke("Cart.addItem", { item_id: "widget", quantity: quantities.wanted }, flow_token);
  sample.invoke("Cart.checkout", {}, flow_token);
  const flow = sample.store.reader.flow(flow_token);
  return goldenText({ flow_token, scenario }, flow === undefined ? [] : sample.store.reader.trace(flow).events);
}

describe("the cart of scenarios.md §12", () => {
  test("leaves the golden file of an order that the shelf can cover", () => {
    const text = golden("checkout_success", "cart-example-success", { stock: 10, wanted: 3 });
    expect(text).toBe(readFileSync(join(CART, "golden/checkout_success.golden.jsonl"), "utf8"));
  });

  test("leaves the golden file of an order that it cannot cover", () => {
    const text = golden("checkout_insufficient_stock", "cart-example-shortage", { stock: 2, wanted: 5 });
    expect(text).toBe(readFileSync(join(CART, "golden/checkout_insufficient_stock.golden.jsonl"), "utf8"));
  });

  test("scenarios row 20: works breadth first", () => {
    const sample = new SampleEngine(cart);
    sample.invoke("Inventory.setStock", { item_id: "widget", quantity: 10 });
    sample.invoke("Inventory.setStock", { item_id: "gadget", quantity: 1 });
    sample.invoke("Cart.addItem", { item_id: "widget", quantity: 3 });
    sample.invoke("Cart.addItem", { item_id: "gadget", quantity: 2 });
    sample.invoke("Cart.checkout");
    expect(sample.trace().slice(8)).toEqual([
      "[9] Cart.checkout {}",
      '[10]   [9] = Success {"order_id":"order-9","total_items":5}',
      '[11] Inventory.reserve {"item_id":"gadget","quantity":2} <- [10] reserve-on-checkout {"item_id":"gadget","order_id":"order-9","quantity":2}',
      '[12] Inventory.reserve {"item_id":"widget","quantity":3} <- [10] reserve-on-checkout {"item_id":"widget","order_id":"order-9","quantity":3}',
      '[13]   [11] = InsufficientStock {"available":1,"item_id":"gadget","requested":2}',
      '[14] Cart.recordShortage {"available":1,"item_id":"gadget","reason":"insufficient_stock","requested":2} <- [13] report-shortage {"available":1,"item_id":"gadget","requested":2}',
      '[15]   [12] = Success {"reservation_id":"res-12"}',
      "[16]   [14] = Success {}",
    ]);
  });

  test("checkout of that case is 9 units, and ungrouped 9 commits (§12)", () => {
    const store = openTemplate(cart.template(), { commit: "each" });
    const sample = new SampleEngine(cart, { store });
    sample.invoke("Inventory.setStock", { item_id: "widget", quantity: 10 });
    sample.invoke("Inventory.setStock", { item_id: "gadget", quantity: 1 });
    sample.invoke("Cart.addItem", { item_id: "widget", quantity: 3 });
    sample.invoke("Cart.addItem", { item_id: "gadget", quantity: 2 });
    const before = store.commits;
    sample.invoke("Cart.checkout");
    expect(store.commits - before).toBe(9);
  });
});
