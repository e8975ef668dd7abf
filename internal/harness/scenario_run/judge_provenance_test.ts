import { expect, test } from "bun:test";
import { judgeProvenance } from "./judge_provenance.ts";
import { RunTrace } from "./run_trace.ts";
import { checkout } from "./sample_events.ts";

const trace = new RunTrace(checkout());
const edge = { from: "Cart.checkout", via: "reserve-on-checkout", to: "Inventory.reserve", bindings: undefined };

test("provenance holds where an edge of that sync leads from there to there, its bindings as a subset", () => {
  expect(judgeProvenance(edge, trace)).toBeUndefined();
  expect(judgeProvenance({ ...edge, bindings: { quantity: 3 } }, trace)).toBeUndefined();
});

test("else the edges that lead there are told", () => {
  expect(judgeProvenance({ ...edge, from: "Cart.addItem" }, trace)).toEqual({
    expected: "Cart.addItem -[reserve-on-checkout]-> Inventory.reserve",
    actual: "[6] Cart.checkout -[reserve-on-checkout]-> [7]",
  });
  expect(judgeProvenance({ ...edge, via: "other" }, trace)?.actual).toBe(
    "[6] Cart.checkout -[reserve-on-checkout]-> [7]",
  );
  expect(judgeProvenance({ ...edge, to: "Cart.checkout" }, trace)?.actual).toBe("none");
});

test("where bindings are asked for, those of the edges are told", () => {
  expect(judgeProvenance({ ...edge, bindings: { quantity: 4 } }, trace)).toEqual({
    expected: 'Cart.checkout -[reserve-on-checkout]-> Inventory.reserve with bindings {"quantity":4}',
    actual: '[6] Cart.checkout -[reserve-on-checkout]-> [7] {"item_id":"widget","order_id":"order-5","quantity":3}',
  });
});
