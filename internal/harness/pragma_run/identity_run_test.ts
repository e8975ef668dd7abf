import { expect, test } from "bun:test";
import fc from "fast-check";
import { Registry } from "../../kvstore/mod.ts";
import { PipelineRun } from "../../pipeline/mod.ts";
import { DeterministicClock, seededRng } from "../../world/mod.ts";
import type { Arrival } from "./events_in.ts";
import { identityGraph } from "./identity_graph.ts";
import { runIdentity } from "./identity_run.ts";

const arrival: fc.Arbitrary<Arrival> = fc.record(
  {
    at: fc.nat(20),
    payload: fc.constantFrom<Arrival["payload"]>(1, "x", null, { k: 1 }),
    errorCode: fc.constantFrom("E_A", "E_B"),
    id: fc.constantFrom("own"),
    kv: fc.constant({ ns: "n", emit: true }),
  },
  { requiredKeys: ["at", "payload"] },
);

test("the identity does what the executor does with ingress -> egress", () => {
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 12 }), fc.nat(22), (arrivals, limitMs) => {
      const acted: number[] = [];
      const identity = runIdentity(new DeterministicClock(), "P", arrivals, limitMs, () => acted.push(1));
      const entered: number[] = [];
      const input = arrivals.map(({ kv, ...rest }) =>
        kv === undefined ? rest : { ...rest, onEntry: () => void entered.push(1) },
      );
      const world = { clock: new DeterministicClock(), rng: seededRng(1), stores: new Registry({ now: () => 0 }) };
      const run = new PipelineRun(identityGraph("P"), input, world, { limitMs });
      run.step(1_000_000);
      const { outputs, errors, endMs } = run.result();
      expect(identity).toEqual({ outputs: outputs.map(({ payload }) => payload), errors: [...errors], endMs });
      expect(acted).toEqual(entered);
    }),
    { numRuns: 300 },
  );
});
