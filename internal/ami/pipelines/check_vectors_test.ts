import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { Level } from "../../diag/mod.ts";
import { topologicalOrder } from "./graph_order.ts";
import { samplePackage } from "./sample_package.ts";

interface Row {
  readonly id: string;
  readonly note: string;
  readonly source: string;
  readonly check?: readonly {
    readonly code: string;
    readonly level: Level;
    readonly line: number;
    readonly column: number;
  }[];
  readonly pipeline: string;
  readonly warnings?: readonly string[];
  readonly stats: readonly { readonly stage?: { readonly kind: string; readonly name: string } }[];
}

const ROWS = readFileSync(new URL("../../../testdata/vectors/pipelines.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): Row => JSON.parse(line));

describe("findings of vectors/pipelines.jsonl, column included", () => {
  for (const { id, note, source, check } of ROWS) {
    if (check === undefined) continue;
    test(`${id}: ${note}`, () => {
      const found = samplePackage(source).findings.map(({ code, level, pos }) => ({
        code,
        level,
        line: pos?.line ?? 0,
        column: pos?.column ?? 0,
      }));
      expect(found).toEqual([...check]);
    });
  }
});

describe("graphs of vectors/pipelines.jsonl", () => {
  for (const { id, note, source, check, pipeline, warnings = [], stats } of ROWS) {
    if (check !== undefined) continue;
    test(`${id} runs, with its nodes in the order of its statistics: ${note}`, () => {
      const { findings, pipelines, broken } = samplePackage(source);
      expect(findings.map(({ code }) => code)).toEqual([...warnings]);
      expect(broken.size).toBe(0);
      const graph = pipelines.get(pipeline);
      const { nodes = [], edges = [] } = graph ?? {};
      const order = topologicalOrder(nodes.length, edges).map((number) => nodes[number]);
      const stages = stats.flatMap(({ stage }) => stage ?? []).filter(({ kind }) => kind !== "error");
      const main = stages.filter(({ name }) => !name.startsWith("error/"));
      expect(order.map((node) => `${node?.kind} ${node?.label}`)).toEqual(
        main.map(({ kind, name }) => `${kind} ${name}`),
      );
      expect(graph?.error !== undefined).toBe(stats.some(({ stage }) => stage?.kind === "error"));
    });
  }
});
