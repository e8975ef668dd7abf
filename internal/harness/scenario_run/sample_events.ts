import type { Completion, Invocation, TraceEvent } from "../../trace/mod.ts";
import type { Strict } from "../../value/mod.ts";

// For the tests of this folder: short ways to write events, whose ids are their numbers.

type Fields = { [name: string]: Strict };

export function invocation(
  seq: number,
  action_uri: string,
  args: Fields = {},
  cause?: Invocation["cause"],
): Invocation {
  const event = { action_uri, args, id: idOf(seq), seq, type: "invocation" } as const;
  return cause === undefined ? event : { ...event, cause };
}

export function completion(of: Invocation, seq: number, output_case: string, result: Fields = {}): Completion {
  const { id, action_uri } = of;
  return { action_uri, id: idOf(seq), invocation: id, output_case, result, seq, type: "completion" };
}

export function idOf(seq: number): string {
  return String(seq).padStart(64, "0");
}

/** The trace of `checkout_success` (scenarios.md §12), its events [5] to [8]. */
export function checkout(): TraceEvent[] {
  const checkedOut = invocation(5, "Cart.checkout");
  const bindings = { item_id: "widget", order_id: "order-5", quantity: 3 };
  const cause = { bindings, completion: idOf(6), sync: "reserve-on-checkout" };
  const reserve = invocation(7, "Inventory.reserve", { item_id: "widget", quantity: 3 }, cause);
  return [
    checkedOut,
    completion(checkedOut, 6, "Success", { order_id: "order-5", total_items: 3 }),
    reserve,
    completion(reserve, 8, "Success", { reservation_id: "res-7" }),
  ];
}

/** Invocations of these actions, each completed at once: A at 1, the next at 3 and so on. */
export function sequence(...actions: readonly string[]): TraceEvent[] {
  return actions.flatMap((action, index) => {
    const asked = invocation(2 * index + 1, action);
    return [asked, completion(asked, 2 * index + 2, "Success")];
  });
}
