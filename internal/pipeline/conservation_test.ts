import { expect, test } from "bun:test";
import { ConservationError, checkConservation } from "./conservation.ts";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

const { stats } = runVirtual(sampleGraph(["ingress -> egress"]), [{ at: 0, payload: 1 }], sampleWorld());
const [ingress] = stats;

test("the statistics of a run keep the law", () => {
  expect(() => checkConservation(stats, true)).not.toThrow();
});

test("an event too many or too few anywhere breaks it", () => {
  for (const key of ["enqueued", "emitted", "dropped", "shunted", "silenced", "errored"] as const) {
    if (ingress === undefined) return expect.unreachable();
    const broken = [{ ...ingress, [key]: ingress[key] + 1 }];
    expect(() => checkConservation(broken, false)).toThrow(ConservationError);
  }
});

test("after quiescence nothing may be held", () => {
  if (ingress === undefined) return expect.unreachable();
  const holding = [{ ...ingress, emitted: 0, held: 1 }];
  expect(() => checkConservation(holding, false)).not.toThrow();
  expect(() => checkConservation(holding, true)).toThrow("nothing is due any more, but ingress holds 1 events");
});
