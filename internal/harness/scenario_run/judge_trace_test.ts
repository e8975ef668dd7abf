import { expect, test } from "bun:test";
import { judgeCompletion, judgeContains, judgeCount, judgeNever, judgeOrder } from "./judge_trace.ts";
import { RunTrace } from "./run_trace.ts";
import { checkout, completion, invocation, sequence } from "./sample_events.ts";

const trace = new RunTrace(checkout());
const reserve = "Inventory.reserve";

test("trace_contains tells the closest match by the fewest differing paths, then the earliest", () => {
  expect(judgeContains({ action: reserve, args: { item_id: "widget", quantity: 4 } }, trace)).toEqual({
    expected: 'Inventory.reserve with args {"item_id":"widget","quantity":4}',
    actual: "no match; closest is [7]: args.quantity expected 4, got 3",
  });
  const [a, b] = [invocation(1, "A.x", { n: 1, m: 1 }), invocation(2, "A.x", { n: 2, m: 1 })];
  const two = new RunTrace([a, b, completion(a, 3, "Success"), completion(b, 4, "Success")]);
  expect(judgeContains({ action: "A.x", args: { n: 2, m: 2 } }, two)?.actual).toStartWith("no match; closest is [2]");
  expect(judgeContains({ action: "A.x", args: { n: 3, m: 1 } }, two)?.actual).toStartWith("no match; closest is [1]");
});

test("trace_contains looks at case, result and cause too, and tells the parts that are given", () => {
  const wanted = { action: reserve, case: "Failed", result: { reservation_id: "r" }, cause: "other" };
  expect(judgeContains(wanted, trace)).toEqual({
    expected: 'Inventory.reserve with case "Failed", result {"reservation_id":"r"}, caused by other',
    actual:
      'no match; closest is [7]: case expected "Failed", got "Success", result.reservation_id expected "r", got "res-7", cause expected "other", got "reserve-on-checkout"',
  });
  expect(judgeContains({ action: reserve, cause: "reserve-on-checkout", case: "Success" }, trace)).toBeUndefined();
  expect(judgeContains({ action: "Cart.x", cause: "s" }, trace)).toEqual({
    expected: "Cart.x caused by s",
    actual: "Cart.x never ran",
  });
});

test("completion asks for the result as a subset, with exact as a whole", () => {
  const result = { order_id: "order-5" };
  expect(judgeCompletion({ action: "Cart.checkout", case: "Success", result }, trace)).toBeUndefined();
  expect(judgeCompletion({ action: "Cart.checkout", case: "Success", result, exact: true }, trace)).toEqual({
    expected: 'Cart.checkout with case "Success", result exactly {"order_id":"order-5"}',
    actual: "no match; closest is [6]: result.total_items expected nothing, got 3",
  });
});

test("a pending invocation has no completion", () => {
  const pending = new RunTrace([invocation(1, "A.x")]);
  expect(judgeCompletion({ action: "A.x", case: "Success" }, pending)?.actual).toBe("A.x never completed");
  expect(judgeContains({ action: "A.x", case: "Success" }, pending)?.actual).toBe(
    'no match; closest is [1]: case expected "Success", got nothing',
  );
});

test("scenarios row 26: trace_order is a subsequence; names may repeat, each needs an invocation of its own", () => {
  const aba = new RunTrace(sequence("A", "B", "A"));
  expect(judgeOrder(["B", "A"], aba)).toBeUndefined();
  expect(judgeOrder(["A", "B", "A"], aba)).toBeUndefined();
  expect(judgeOrder(["B", "B"], aba)).toEqual({ expected: "B then B", actual: "B at [3], no B after [3]" });
  expect(judgeOrder(["A", "B"], new RunTrace(sequence("A", "B", "B")))).toBeUndefined();
  expect(judgeOrder(["A", "B", "A"], new RunTrace(sequence("A", "B")))).toEqual({
    expected: "A then B then A",
    actual: "A at [1], B at [3], no A after [3]",
  });
  expect(judgeOrder(["C"], aba)?.actual).toBe("no C");
});

test("trace_count and trace_never tell where the matches are", () => {
  const aba = new RunTrace(sequence("A", "B", "A"));
  expect(judgeCount({ action: "A" }, 2, aba)).toBeUndefined();
  expect(judgeCount({ action: "B" }, 2, aba)).toEqual({ expected: "2 of B", actual: "1 at [3]" });
  expect(judgeCount({ action: "C", args: {} }, 1, aba)).toEqual({ expected: "1 of C with args {}", actual: "none" });
  expect(judgeNever({ action: "C" }, aba)).toBeUndefined();
  expect(judgeNever({ action: "A", case: "Success" }, aba)).toEqual({
    expected: 'no A with case "Success"',
    actual: "2 at [1], [5]",
  });
});
