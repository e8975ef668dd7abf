import { describe, expect, test } from "bun:test";
import { type FreePragma, isPragmaName, type PairPragma, PRAGMAS } from "./pragma_table.ts";
import { readTestFile } from "./test_file.ts";

const rows = Object.entries<FreePragma | PairPragma>(PRAGMAS);

test("the table has the pragmas of the page", () => {
  expect(Object.keys(PRAGMAS).sort()).toEqual([
    "assert",
    "case",
    "expect_error",
    "expect_errors",
    "expect_no_errors",
    "expect_no_warnings",
    "expect_warn",
    "expect_warnings",
    "fixture",
    "kv",
    "runtime",
    "skip",
  ]);
  expect([isPragmaName("runtime"), isPragmaName("toString"), isPragmaName("")]).toEqual([true, false, false]);
});

for (const [name, row] of rows) {
  describe(`test:${name}`, () => {
    test("its example reads without a finding", () => {
      expect(row.example).toStartWith(`#pragma test:${name}`);
      expect(readTestFile("a_test.ami", row.example).findings).toEqual([]);
    });

    test("every spelling of a key is lower case and its own, and what rows refer to stands before them", () => {
      if (row.payload === "free") return expect(row.usage).not.toBe("");
      const names = Object.keys(row.keys);
      const aliases = Object.values(row.keys).flatMap(({ alias }) => (alias === undefined ? [] : [alias]));
      const spellings = [...names, ...aliases];
      expect(new Set(spellings).size).toBe(spellings.length);
      for (const spelling of spellings) expect(spelling).toMatch(/^[a-z][a-z_]*~?$/);
      for (const [at, { needs, excludes }] of Object.values(row.keys).entries()) {
        for (const other of [needs, excludes]) {
          if (other !== undefined) expect(names.slice(0, at)).toContain(other);
        }
      }
    });
  });
}
