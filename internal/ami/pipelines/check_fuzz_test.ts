import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { compareDiagnostics } from "../../diag/mod.ts";
import { findCycles } from "./cycles.ts";
import { samplePackage } from "./sample_package.ts";

const SOURCES = readFileSync(new URL("../../../testdata/vectors/pipelines.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): string => JSON.parse(line).source);

const PIECES = SOURCES.join("\n").match(/[\p{L}_][\p{L}\p{Nd}_]*|\d+\w*|"[^"\n]*"|->|[^\s\w]|\s/gu) ?? [];

/** A source of the vectors in which some pieces were taken out, doubled, or replaced by pieces of others. */
const damaged = fc
  .tuple(
    fc.constantFrom(...SOURCES),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 2 }), fc.constantFrom(...PIECES)), { maxLength: 6 }),
  )
  .map(([source, edits]) => {
    const pieces = source.match(/[\p{L}_][\p{L}\p{Nd}_]*|\d+\w*|"[^"\n]*"|->|[^\s\w]|\s/gu) ?? [];
    for (const [place, how, piece] of edits) {
      const at = place % (pieces.length + 1);
      if (how === 0) pieces.splice(at, 1);
      else if (how === 1) pieces.splice(at, 0, piece);
      else pieces.splice(at, 1, piece);
    }
    return pieces.join("");
  });

describe("whatever a source says", () => {
  test("its package loads, with findings in order inside of the text, and what runs is sound (property)", () => {
    fc.assert(
      fc.property(damaged, (source) => {
        const { findings, pipelines, broken, units } = samplePackage(source);
        expect([...findings].sort(compareDiagnostics)).toEqual([...findings]);
        const bytes = Buffer.byteLength(source);
        for (const { code, level, pos, endPos } of findings) {
          expect(code).toMatch(/^[EW]_[A-Z_]+$/);
          expect(level).toBe(code.startsWith("W_") ? "warn" : "error");
          expect(pos?.offset ?? -1).toBeGreaterThanOrEqual(0);
          expect(endPos?.offset ?? -1).toBeGreaterThanOrEqual(pos?.offset ?? 0);
          expect(endPos?.offset ?? -1).toBeLessThanOrEqual(bytes);
        }
        const errors = findings.filter(({ level }) => level === "error");
        if (errors.length === 0) expect(broken.size).toBe(0);
        for (const reason of broken.values()) expect(errors).toContainEqual(reason);
        for (const { nodes, edges } of pipelines.values()) {
          expect(findCycles(nodes.length, edges)).toEqual([]);
          expect(new Set(nodes.map(({ label }) => label)).size).toBe(nodes.length);
        }
        expect([...pipelines.keys(), ...broken.keys()].sort()).toEqual(
          units.flatMap((unit) => [...unit.pipelines]).sort(),
        );
      }),
      { numRuns: 500 },
    );
  });
});
