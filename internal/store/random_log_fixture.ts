import * as fc from "fast-check";
import { encodeBindings } from "./log_ids.ts";
import type { StrictObject } from "./rows.ts";
import type { Store } from "./store.ts";

/** One thing that a random engine does to a log; what does not apply at its time is passed over. */
export type Deed =
  | { readonly kind: "root"; readonly flow: string; readonly args: StrictObject }
  | { readonly kind: "complete"; readonly result: StrictObject }
  | { readonly kind: "evaluate"; readonly bindings: readonly StrictObject[] }
  | { readonly kind: "fail" };

const strictValue = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 5 }).map((text) => text.normalize("NFC")),
  fc.boolean(),
  fc.maxSafeInteger().map((n) => n + 0),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
  fc.array(fc.integer(), { maxLength: 2 }),
);
const strictObject = fc.dictionary(fc.constantFrom("a", "b", "lines", "10", "\u00e9"), strictValue, { maxKeys: 3 });

export const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("root" as const),
        flow: fc.constantFrom("f", "g", "cafe\u0301"),
        args: strictObject,
      }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("complete" as const), result: strictObject }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("evaluate" as const),
        bindings: fc.array(strictObject, { maxLength: 2 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail" as const) }) },
  ),
  { maxLength: 25 },
);

/** Does a deed in a unit of its own, as the engine would. */
export function perform(store: Store, deed: Deed): void {
  const seq = store.queries.maxSeq() + 1;
  switch (deed.kind) {
    case "root": {
      const flow = store.flow(deed.flow.normalize("NFC"));
      if (flow !== undefined && flow.status !== "open") return;
      const { flow: flow_token, args } = deed;
      store.unit(() => store.writeInvocation({ flow_token, action_uri: "A.root", args, seq }));
      return;
    }
    case "complete": {
      const invocation = store.pending.first();
      if (invocation === undefined) return;
      const { result } = deed;
      store.unit(() => store.writeCompletion({ invocation_id: invocation.id, output_case: "Success", result, seq }));
      return;
    }
    case "evaluate": {
      const completion = store.unevaluated.first();
      if (completion === undefined) return;
      const { flow_token } = completion.invocation;
      store.unit(() => {
        for (const [index, bound] of deed.bindings.entries()) {
          store.writeFiring({
            completion_id: completion.id,
            sync_id: index === 0 ? "s" : `s#${index + 1}`,
            bindings: encodeBindings(bound),
            invocation: { flow_token, action_uri: "A.fired", args: bound, seq: seq + index },
          });
        }
        store.markEvaluated(completion.id);
      });
      return;
    }
    case "fail": {
      const flow_token = store.pending.first()?.flow_token;
      if (flow_token !== undefined) store.unit(() => store.failFlow(flow_token, { code: "E_NO_OUTPUT", message: "m" }));
    }
  }
}
