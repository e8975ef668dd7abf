import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import type { CaseSpec } from "./cases.ts";
import { readTestFile } from "./test_file.ts";

// Reading needs no parser of the language: every row says something that the lines alone decide.

const Place = v.object({ line: v.number(), column: v.number(), file: v.exactOptional(v.string()) });

const Row = v.object({
  id: v.string(),
  note: v.string(),
  file: v.string(),
  files: v.record(v.string(), v.string()),
  cases: v.array(
    v.object({
      id: v.string(),
      kind: v.picklist(["pragma", "directive"]),
      line: v.number(),
      status: v.string(),
      code: v.exactOptional(v.string()),
      at: v.exactOptional(Place),
      reason: v.exactOptional(v.string()),
    }),
  ),
  diagnostics: v.exactOptional(v.array(v.object({ code: v.string(), line: v.number(), column: v.number() })), []),
});

const VECTORS = new URL("../../../testdata/vectors/pragmas.jsonl", import.meta.url);
const rows = readFileSync(VECTORS, "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => v.parse(Row, JSON.parse(line)));

/** Where a failure with this code is placed, if the lines alone say so (ami-tests §5, Position). */
function placesOf(spec: CaseSpec, code: string): readonly (object | undefined)[] {
  const { runtime, pos } = spec;
  switch (code) {
    case "E_OUTPUT_MISMATCH":
      return [runtime?.expectOutput?.pos];
    case "E_ERROR_MISSING":
    case "E_ERROR_MISMATCH":
      return [runtime?.expectErrors?.pos];
    case "E_KV_MISMATCH":
      return spec.kv.map(({ expect: expected }) => expected?.pos);
    case "E_EXPECT_DIAGNOSTICS":
      return spec.directives.map((directive) => directive.pos);
    case "E_FIXTURE_PATH":
      return spec.fixtures.map(({ path }) => path.pos);
    case "E_FIXTURE_UNDECLARED":
    case "E_PRAGMA_JSON":
      return [runtime?.input?.pos];
    default:
      return [pos];
  }
}

/** Found by the checks or the parser, at a place in the source. */
const IN_SOURCE = ["E_PARSE", "E_NAME_UNDEFINED"];

describe("pragmas.jsonl, as far as reading goes", () => {
  test("there are rows", () => expect(rows.length).toBeGreaterThanOrEqual(90));

  for (const row of rows) {
    test(`${row.id}: ${row.note}`, () => {
      const { cases, findings } = readTestFile(row.file, row.files[row.file] ?? "");
      expect(
        cases.map((spec) => ({ id: `${row.file}::${spec.case}`, kind: spec.kind, line: spec.line, reason: spec.skip })),
      ).toEqual(row.cases.map(({ id, kind, line, reason }) => ({ id, kind, line, reason })));
      expect(findings.map(({ code, pos }) => ({ code, line: pos?.line, column: pos?.column }))).toEqual(
        row.diagnostics,
      );
      for (const [at, expected] of row.cases.entries()) {
        const spec = cases[at];
        if (spec === undefined || expected.status !== "fail" || expected.at === undefined) continue;
        const [first] = spec.findings;
        if (first !== undefined) {
          expect({ code: first.code, at: first.pos }).toMatchObject({ code: expected.code, at: expected.at });
        } else if (!IN_SOURCE.includes(expected.code ?? "")) {
          expect(placesOf(spec, expected.code ?? "")).toContainEqual(expect.objectContaining(expected.at));
        }
      }
      const clean = row.cases.flatMap(({ status }, at) => (status === "pass" ? (cases[at]?.findings ?? []) : []));
      expect(clean).toEqual([]);
    });
  }
});
