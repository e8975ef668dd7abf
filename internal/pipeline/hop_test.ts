import { describe, expect, test } from "bun:test";
import * as v from "valibot";
import { type Hop, HopSchema, hopRecord, LAST_HOPS, LastHops } from "./hop.ts";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

describe("hops", () => {
  test("are records in the order of the page (pipelines §13)", () => {
    const hops: Hop[] = [];
    const graph = sampleGraph(["ingress -> S -> egress"], { S: { delay: 10 } });
    const sinks = { hops: { hop: (...hop: Parameters<typeof hopRecord>) => void hops.push(hopRecord(...hop)) } };
    runVirtual(graph, [{ at: 0, payload: 1 }], sampleWorld(), { sinks });
    expect(hops.map((hop) => JSON.stringify(hop))).toContain(
      '{"schema":"hop.v1","at":10,"node":"S","op":"done","event":"P/ingress/0"}',
    );
    expect(hops.map(({ at, node, op }) => `${at} ${node} ${op}`)).toEqual([
      "0 ingress arrive",
      "0 ingress start",
      "0 ingress done",
      "0 S queue",
      "0 S start",
      "0 ingress emit",
      "0 ingress end",
      "10 S done",
      "10 egress queue",
      "10 egress start",
      "10 S emit",
      "10 egress done",
      "10 egress output",
      "10 S end",
      "10 egress end",
    ]);
    for (const hop of hops) expect(v.parse(HopSchema, hop)).toEqual(hop);
  });

  test("of a Collect say what it holds and releases, of an edge what it discards and why", () => {
    const told: string[] = [];
    const graph = sampleGraph(["ingress -> C -> egress"], {
      C: { kind: "collect", plan: { window: 2 }, delay: 1, max: 1, policy: "dropNewest" },
    });
    const sinks = {
      hops: { hop: (...hop: Parameters<typeof hopRecord>) => void told.push(JSON.stringify(hopRecord(...hop))) },
    };
    runVirtual(
      graph,
      [0, 0, 0].map((at) => ({ at, payload: at })),
      sampleWorld(),
      { sinks },
    );
    expect(told).toContain(
      '{"schema":"hop.v1","at":0,"node":"C","op":"drop","event":"P/ingress/2","edge":"ingress->C","reason":"dropNewest"}',
    );
    expect(told).toContain('{"schema":"hop.v1","at":1,"node":"C","op":"hold","event":"P/ingress/0"}');
    expect(told).toContain('{"schema":"hop.v1","at":2,"node":"C","op":"release","event":"P/ingress/0"}');
    expect(told).toContain('{"schema":"hop.v1","at":2,"node":"C","op":"end","edge":"ingress->C"}');
  });

  test("the last ones are kept, in order", () => {
    const last = new LastHops();
    expect(last.records()).toEqual([]);
    for (let at = 0; at < LAST_HOPS + 2; at += 1) last.hop(at, "n", "end", undefined, undefined, undefined);
    expect(last.records().map(({ at }) => at)).toEqual(Array.from({ length: LAST_HOPS }, (_, index) => index + 2));
  });
});
