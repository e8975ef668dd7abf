import { expect, test } from "bun:test";
import { RunTrace } from "./run_trace.ts";
import { checkout, sequence } from "./sample_events.ts";

test("the tail is the trace as scenarios.md §8 prints it", () => {
  expect(new RunTrace(checkout()).tail()).toBe(`trace:
  [5] Cart.checkout {}
  [6]   [5] = Success {"order_id":"order-5","total_items":3}
  [7] Inventory.reserve {"item_id":"widget","quantity":3} <- [6] reserve-on-checkout {"item_id":"widget","order_id":"order-5","quantity":3}
  [8]   [7] = Success {"reservation_id":"res-7"}`);
});

test("of a long trace the last 40 events are shown", () => {
  const lines = new RunTrace(sequence(...Array.from({ length: 26 }, () => "A.x"))).tail().split("\n");
  expect(lines.length).toBe(42);
  expect(lines.slice(0, 3)).toEqual(["trace:", "  … 12 earlier events", "  [13] A.x {}"]);
  expect(lines.at(-1)).toBe("  [52]   [51] = Success {}");
});

test("an empty trace says so", () => expect(new RunTrace([]).tail()).toBe("trace:\n  (no events)"));
