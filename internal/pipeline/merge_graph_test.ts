import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { runVirtual } from "./run_virtual.ts";
import { type SampleStep, sampleGraph, sampleWorld } from "./sample_graph.ts";

interface Row {
  id: string;
  note: string;
  plan: MergePlan;
  inputs: number;
  script: { at: number; in: number; payload: Json }[];
  out: { at: number; payload: Json }[];
  stats: object;
  shunted?: { at: number; reason: string; payload: Json }[];
}

/** The text `"$NaN"` of the vectors stands for NaN, which JSON cannot write (pipelines §17). */
const row = (line: string): Row => JSON.parse(line, (_, value) => (value === "$NaN" ? Number.NaN : value));

const FILE = new URL("../../testdata/vectors/merge.jsonl", import.meta.url);
const ROWS = readFileSync(FILE, "utf8").trimEnd().split("\n").map(row);

describe("vectors/merge.jsonl through the executor (acceptance 1)", () => {
  test.each(ROWS.map((row) => [`${row.id}: ${row.note}`, row] as const))("%s", (_, row) => {
    const names = Array.from({ length: row.inputs }, (__, index) => `in${index}`);
    const ingresses = names.map((name): [string, SampleStep] => [name, { kind: "ingress" }]);
    const steps = { ...Object.fromEntries(ingresses), C: { kind: "collect", plan: row.plan } as const };
    const graph = sampleGraph([...names.map((name) => `${name} -> C`), "C -> egress"], steps);
    const events = row.script.map(({ at, in: input, payload }) => ({ at, payload, ingress: `in${input}` }));
    const { outputs, errors, stats } = runVirtual(graph, events, sampleWorld());

    expect(outputs.map(({ at, payload }) => ({ at, payload }))).toEqual(row.out);
    const { schema: _s, pipeline, stage, silenced, errored, expired, held, ...counts } = stats[row.inputs] ?? {};
    expect([stage?.name, silenced, errored, expired, held]).toEqual(["C", 0, 0, 0, 0]);
    expect<object>(counts).toEqual(row.stats);
    const shunted = errors.map(({ timestamp, data }) => {
      const event = data?.event;
      const payload = typeof event === "object" && event !== null && "payload" in event ? event.payload : undefined;
      return { at: Date.parse(timestamp), reason: data?.policy, payload };
    });
    expect<object[]>(shunted).toEqual(row.shunted ?? []);
  });
});
