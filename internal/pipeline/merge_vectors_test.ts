import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { type Arrival, play } from "./merge_script.ts";

interface Row {
  id: string;
  note: string;
  plan: MergePlan;
  inputs: number;
  script: Arrival[];
  out: { at: number; payload: Json }[];
  stats: { enqueued: number; emitted: number; dropped: number; shunted: number; late: number; forced: number };
  shunted?: { at: number; reason: string; payload: Json }[];
}

/** The text `"$NaN"` of the vectors stands for NaN, which JSON cannot write (pipelines §17). */
const row = (line: string): Row => JSON.parse(line, (_, value) => (value === "$NaN" ? Number.NaN : value));

const FILE = new URL("../../testdata/vectors/merge.jsonl", import.meta.url);
const ROWS = readFileSync(FILE, "utf8").trimEnd().split("\n").map(row);

test("the vectors are there", () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(54);
});

describe("vectors/merge.jsonl, without an executor", () => {
  test.each(ROWS.map((row) => [`${row.id}: ${row.note}`, row] as const))("%s", (_, row) => {
    const { out, discarded, late, forced, held } = play(row.plan, row.inputs, row.script);
    const reasons: Record<string, number> = {};
    for (const { reason } of discarded) reasons[reason] = (reasons[reason] ?? 0) + 1;
    const shunted = discarded.filter((event) => event.shunted);
    const stats = {
      enqueued: row.script.length,
      emitted: out.length,
      dropped: discarded.length - shunted.length,
      shunted: shunted.length,
      late,
      forced,
      ...(discarded.length > 0 ? { reasons } : {}),
    };
    expect({ out, stats, held }).toEqual({ out: row.out, stats: row.stats, held: 0 });
    const left: Row["shunted"] = shunted.map(({ at, reason, payload }) => ({ at, reason, payload }));
    expect(left).toEqual(row.shunted ?? []);
  });
});
