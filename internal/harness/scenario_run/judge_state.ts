import { equal, subset, type Value, writeCanonical } from "../../value/mod.ts";
import { differenceText } from "./difference_text.ts";
import type { Miss } from "./judge_trace.ts";
import { pathDifferences } from "./path_differences.ts";
import type { Row } from "./state_rows.ts";

/** What `final_state` asks of the rows that have the `where` values. */
export type WantedRows =
  | { readonly kind: "expect"; readonly row: Value }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "rows"; readonly rows: readonly Value[] }
  | { readonly kind: "absent" };

/** `final_state` (scenarios.md §8). `rows` is the whole table in key order. */
export function judgeState(
  table: string,
  where: Value | undefined,
  wanted: WantedRows,
  rows: readonly Row[],
): Miss | undefined {
  const found = where === undefined ? rows : rows.filter((row) => subset(where, row));
  const actual = fault(wanted, found);
  if (actual === undefined) return undefined;
  const filter = where === undefined ? "" : ` where ${writeCanonical(where)}`;
  return { expected: expectedText(wanted, `of ${table}${filter}`), actual };
}

function expectedText(wanted: WantedRows, of: string): string {
  switch (wanted.kind) {
    case "expect":
      return `one row ${of} with ${writeCanonical(wanted.row)}`;
    case "count":
      return `${rowCount(wanted.count)} ${of}`;
    case "rows":
      return `rows ${of}`;
    case "absent":
      return `no rows ${of}`;
  }
}

/** What is there instead; undefined: it holds. */
function fault(wanted: WantedRows, found: readonly Row[]): string | undefined {
  switch (wanted.kind) {
    case "expect": {
      const [row] = found;
      if (row === undefined) return "no row";
      if (found.length > 1) return rowCount(found.length);
      return subset(wanted.row, row) ? undefined : differenceText(pathDifferences("", wanted.row, row, "subset"));
    }
    case "count":
      return found.length === wanted.count ? undefined : found.length === 0 ? "no row" : rowCount(found.length);
    case "rows":
      return rowFault(wanted.rows, found);
    case "absent":
      return found.length === 0 ? undefined : rowCount(found.length);
  }
}

function rowCount(count: number): string {
  return `${count} ${count === 1 ? "row" : "rows"}`;
}

/** Nobody reads more rows than these. */
const MOST_ROWS = 20;

/** Rows are the expected ones, in key order. Those that are on one side only are told; else the first that stands elsewhere. */
function rowFault(expected: readonly Value[], actual: readonly Row[]): string | undefined {
  if (expected.length === actual.length && expected.every((row, index) => isSame(row, actual[index]))) return undefined;
  const [wanted, found] = [expected.map(writeCanonical), actual.map((row) => writeCanonical(row))];
  const told = [
    ...surplus(found, wanted).map((index) => ({ index, text: `row ${index + 1} unexpected ${found[index]}` })),
    ...surplus(wanted, found).map((index) => ({ index, text: `row ${index + 1} missing ${wanted[index]}` })),
  ].sort((a, b) => a.index - b.index);
  if (told.length === 0) {
    const first = wanted.findIndex((row, index) => row !== found[index]);
    return `row ${first + 1} unexpected ${found[first]}, row ${first + 1} missing ${wanted[first]}: rows stand in key order`;
  }
  const more = told.length > MOST_ROWS ? [`… ${told.length - MOST_ROWS} more`] : [];
  return [...told.slice(0, MOST_ROWS).map(({ text }) => text), ...more].join(", ");
}

function isSame(expected: Value, actual: Row | undefined): boolean {
  return actual !== undefined && equal(expected, actual);
}

/** The indexes of `rows` that `others` have not, each of theirs counted once. */
function surplus(rows: readonly string[], others: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const row of others) counts.set(row, (counts.get(row) ?? 0) + 1);
  return [...rows.keys()].filter((index) => {
    const row = rows[index] ?? "";
    const left = counts.get(row) ?? 0;
    counts.set(row, left - 1);
    return left <= 0;
  });
}
