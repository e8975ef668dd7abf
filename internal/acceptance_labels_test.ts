import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const PROJECT = join(import.meta.dir, "..");

/** The rows of the table in flows §21. */
const FLOWS_ROWS = 41;

const TESTS = [...new Bun.Glob("{cmd,internal}/**/*_test.ts").scanSync(PROJECT)]
  .sort()
  .map((path) => ({ path, text: readFileSync(join(PROJECT, path), "utf8") }));

test("each row of the acceptance of flows is the name of a test: `flows row N`", () => {
  const titles = TESTS.flatMap(({ text }) => [...text.matchAll(/["`]flows row (\d+)\b/g)]);
  const labelled = new Set(titles.map(([, row]) => Number(row)));
  const rows = Array.from({ length: FLOWS_ROWS }, (_, index) => index + 1);
  expect(rows.filter((row) => !labelled.has(row))).toEqual([]);
  expect([...labelled].filter((row) => !rows.includes(row))).toEqual([]);
});

test("a row of an acceptance is named with its page, in one spelling", () => {
  const otherwise = /["`](?:§21 row|row) \d+:|\(flows §21, row/;
  expect(`test("row ${1}: of which page?")`).toMatch(otherwise);
  const found = TESTS.filter(({ text }) => otherwise.test(text)).map(({ path }) => path);
  expect(found.filter((path) => path !== "internal/acceptance_labels_test.ts")).toEqual([]);
});
