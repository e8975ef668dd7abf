import { expect, test } from "bun:test";
import { join } from "node:path";
import { eventText, goldenText, Provenance } from "../../trace/mod.ts";
import { writeCanonical } from "../../value/mod.ts";
import { run } from "./harness.ts";
import type { Result } from "./scenario_types.ts";

// The worked example of scenarios.md §12: its traces were written by hand, before there was an engine.

const CART = join(import.meta.dir, "../../../testdata/examples/cart");

const lines = ({ trace }: Result) => trace.map((event) => eventText(event, new Provenance(trace)));
const sha256 = (text: string) => Bun.SHA256.hash(text, "hex");

test("checkout_success is the trace, the state and the golden bytes of §12", async () => {
  const result = await run(join(CART, "checkout_success.scenario.yaml"));
  expect(result.errors).toEqual([]);
  expect(lines(result)).toEqual([
    '[1] Inventory.setStock {"item_id":"widget","quantity":10}',
    "[2]   [1] = Success {}",
    '[3] Cart.addItem {"item_id":"widget","quantity":3}',
    '[4]   [3] = Success {"item_id":"widget","new_quantity":3}',
    "[5] Cart.checkout {}",
    '[6]   [5] = Success {"order_id":"order-5","total_items":3}',
    '[7] Inventory.reserve {"item_id":"widget","quantity":3} <- [6] reserve-on-checkout {"item_id":"widget","order_id":"order-5","quantity":3}',
    '[8]   [7] = Success {"reservation_id":"res-7"}',
  ]);
  expect(writeCanonical(structuredClone(result.state) as never)).toBe(
    '{"CartItem":[],"OrderLine":[{"item_id":"widget","order_id":"order-5","quantity":3}],"Reservation":[{"item_id":"widget","quantity":3,"reservation_id":"res-7"}],"Shortage":[],"Stock":[{"available":7,"item_id":"widget","reserved":3}]}',
  );
  const golden = goldenText({ flow_token: "cart-example-success", scenario: "checkout_success" }, result.trace);
  expect(Buffer.byteLength(golden)).toBe(2031);
  expect(sha256(golden)).toBe("1b4c65a8e85724ffbfd4e8ff7d98867bc8ee3d7f78fc5c05de8161237ffd0a28");
});

test("checkout_insufficient_stock is the trace, the state and the golden bytes of §12", async () => {
  const result = await run(join(CART, "checkout_insufficient_stock.scenario.yaml"));
  expect(result.errors).toEqual([]);
  expect(lines(result)).toEqual([
    '[1] Inventory.setStock {"item_id":"widget","quantity":2}',
    "[2]   [1] = Success {}",
    '[3] Cart.addItem {"item_id":"widget","quantity":5}',
    '[4]   [3] = Success {"item_id":"widget","new_quantity":5}',
    "[5] Cart.checkout {}",
    '[6]   [5] = Success {"order_id":"order-5","total_items":5}',
    '[7] Inventory.reserve {"item_id":"widget","quantity":5} <- [6] reserve-on-checkout {"item_id":"widget","order_id":"order-5","quantity":5}',
    '[8]   [7] = InsufficientStock {"available":2,"item_id":"widget","requested":5}',
    '[9] Cart.recordShortage {"available":2,"item_id":"widget","reason":"insufficient_stock","requested":5} <- [8] report-shortage {"available":2,"item_id":"widget","requested":5}',
    "[10]   [9] = Success {}",
  ]);
  expect(writeCanonical(structuredClone(result.state) as never)).toBe(
    '{"CartItem":[],"OrderLine":[{"item_id":"widget","order_id":"order-5","quantity":5}],"Reservation":[],"Shortage":[{"available":2,"flow_token":"cart-example-shortage","item_id":"widget","reason":"insufficient_stock","requested":5}],"Stock":[{"available":2,"item_id":"widget","reserved":0}]}',
  );
  const header = { flow_token: "cart-example-shortage", scenario: "checkout_insufficient_stock" };
  const golden = goldenText(header, result.trace);
  expect(Buffer.byteLength(golden)).toBe(2726);
  expect(sha256(golden)).toBe("3d80e5feebe3308c997b9783cd1ad3ddeb9609afbb7236e2c59a0a59870e4dd8");
});

test("scenarios row 20: breadth first, in the eight events of §12", async () => {
  const stock = (item_id: string, quantity: number) => ({ action: "Inventory.setStock", args: { item_id, quantity } });
  const add = (item_id: string, quantity: number) => ({ invoke: "Cart.addItem", args: { item_id, quantity } });
  const result = await run({
    name: "breadth",
    base_dir: CART,
    specs: ["inventory.concept.yaml", "cart.concept.yaml", "cart.sync.yaml"],
    setup: [stock("widget", 10), stock("gadget", 1)],
    flow: [add("widget", 3), add("gadget", 2), { invoke: "Cart.checkout", expect: { case: "Success" } }],
  });
  expect(result.errors).toEqual([]);
  expect(result.trace.slice(8).map(({ seq, type, action_uri }) => [seq, type, action_uri])).toEqual([
    [9, "invocation", "Cart.checkout"],
    [10, "completion", "Cart.checkout"],
    [11, "invocation", "Inventory.reserve"],
    [12, "invocation", "Inventory.reserve"],
    [13, "completion", "Inventory.reserve"],
    [14, "invocation", "Cart.recordShortage"],
    [15, "completion", "Inventory.reserve"],
    [16, "completion", "Cart.recordShortage"],
  ]);
  expect(lines(result)[12]).toBe('[13]   [11] = InsufficientStock {"available":1,"item_id":"gadget","requested":2}');
});
