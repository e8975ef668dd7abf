import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { lintDsl } from "./lint_dsl.ts";

// flows row 1: the column `lint` of both files, which holds the codes of the first table of flows §7 only.
const FIRST_TABLE = new Set(
  "read-error parse-error missing-input unknown-step-ref duplicate-step-id cycle-detected empty-branch no-call-steps unreachable-step".split(
    " ",
  ),
);
const Lint = v.array(v.tuple([v.number(), v.number(), v.string(), v.string()]));
const WdlRow = v.object({ name: v.string(), wdl: v.string(), pdl: v.nullable(v.string()), lint: Lint });
const PdlRow = v.object({ name: v.string(), pdl: v.string(), lint: Lint });

function rowsOf<Row>(name: string, schema: v.GenericSchema<unknown, Row>): readonly Row[] {
  const text = readFileSync(new URL(`../../../testdata/vectors/${name}`, import.meta.url), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => v.parse(schema, JSON.parse(line)));
}

function linted(files: Readonly<Record<string, string>>, path: string): v.InferOutput<typeof Lint> {
  const issues = lintDsl(Object.entries(files).map(([name, text]) => ({ path: name, text })));
  return issues
    .filter((issue) => issue.path === path && FIRST_TABLE.has(issue.code))
    .map(({ line, column, level, code }) => [line, column, level, code]);
}

const wdlRows = rowsOf("wdl_compile.jsonl", WdlRow);
const pdlRows = rowsOf("pdl_compile.jsonl", PdlRow);

test("the files are whole", () => {
  expect([wdlRows.length, pdlRows.length]).toEqual([49, 17]);
});

test.each(wdlRows.map((row) => [row.name, row] as const))("flows row 1: lint of wdl_compile.jsonl: %s", (_, row) => {
  const files = { "f.wdl": row.wdl, ...(row.pdl === null ? {} : { "f.pdl": row.pdl }) };
  expect(linted(files, "f.wdl")).toEqual(row.lint);
});

test.each(pdlRows.map((row) => [row.name, row] as const))("flows row 1: lint of pdl_compile.jsonl: %s", (_, row) => {
  expect(linted({ "p.pdl": row.pdl }, "p.pdl")).toEqual(row.lint);
});
