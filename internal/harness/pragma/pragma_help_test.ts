import { expect, test } from "bun:test";
import { pragmaHelp } from "./pragma_help.ts";
import { type FreePragma, type PairPragma, PRAGMAS } from "./pragma_table.ts";

test("a pragma shows its keys with their values, notes and an example", () => {
  expect(pragmaHelp()).toContain(`
test:fixture
  a file or folder that the cases may touch; no other is open to them
    path=TEXT   relative to the folder of the test file (required)
    mode=ro|rw  rw: written to as a copy (default ro)
  #pragma test:fixture path=data/links.jsonl mode=ro
`);
});

test("what the bare word or the rest of the line may be stands in the heading", () => {
  for (const heading of [
    "case NAME",
    "skip [REASON]",
    "assert parse_ok|parse_fail",
    "expect_warn CODE",
    "expect_no_errors",
  ]) {
    expect(pragmaHelp()).toContain(`\ntest:${heading}\n`);
  }
});

test("every pragma, key, alias and example of the table is there, and no line is too wide", () => {
  const help = pragmaHelp();
  for (const [name, row] of Object.entries<FreePragma | PairPragma>(PRAGMAS)) {
    expect(help).toContain(`\ntest:${name}`);
    expect(help).toContain(`\n  ${row.example}\n`);
    for (const [key, { alias, kind }] of row.payload === "free" ? [] : Object.entries(row.keys)) {
      expect(help).toContain(`\n    ${key}=${kind.form} `);
      if (alias !== undefined) expect(help).toContain(`also ${alias}=`);
    }
  }
  expect(Math.max(...help.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(help).toEndWith("\n");
});
